using Footprint.Grid.V1;

namespace Footprint.Grid.Bench.Replay;

/// <summary>
/// What people did, to be played to a node: a catalog and for each person the items of their acts, oldest first. The last
/// act of each is held out: it is what picks are judged by.
/// </summary>
/// <param name="Name">For the report.</param>
/// <param name="Items">The catalog; acts name items by their place in it.</param>
/// <param name="People">At least two acts each.</param>
/// <param name="EventType">What an act is told as.</param>
internal sealed record Trace(string Name, IReadOnlyList<Item> Items, IReadOnlyList<int[]> People, string EventType)
{
    public ReadOnlySpan<int> History(int person) => People[person].AsSpan(..^1);

    public int HeldOut(int person) => People[person][^1];

    /// <summary>Acts that are played, the held out ones left aside.</summary>
    public int Played => People.Sum(acts => acts.Length - 1);

    public static string ClientId(int person) => $"person-{person}";
}
