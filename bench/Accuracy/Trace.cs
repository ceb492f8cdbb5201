using Footprint.Grid.V1;

namespace Footprint.Grid.Bench.Accuracy;

/// <summary>
/// What people did, to be played to a node: a catalog and for each person the items of their acts, oldest first. The last
/// act of each is held out, or the last so many: they are what picks are judged by.
/// </summary>
/// <param name="Name">For the report.</param>
/// <param name="Items">The catalog; acts name items by their place in it.</param>
/// <param name="People">The acts of each.</param>
/// <param name="EventType">What an act is told as.</param>
internal sealed record Trace(string Name, IReadOnlyList<Item> Items, IReadOnlyList<int[]> People, string EventType)
{
    /// <summary>How many acts of each person are held out; one unless stated.</summary>
    public IReadOnlyList<int>? Held { get; init; }

    /// <summary>When each act was that is played, in milliseconds since any moment; null where only the order is known.</summary>
    public IReadOnlyList<long[]>? TimesMs { get; init; }

    public ReadOnlySpan<int> History(int person) => People[person].AsSpan(..^HeldOf(person));

    public ReadOnlySpan<int> HeldOut(int person) => People[person].AsSpan(^HeldOf(person)..);

    /// <summary>Acts that are played, the held out ones left aside.</summary>
    public int Played => People.Sum(acts => acts.Length) - (Held?.Sum() ?? People.Count);

    public static string ClientId(int person) => $"person-{person}";

    private int HeldOf(int person) => Held?[person] ?? 1;
}
