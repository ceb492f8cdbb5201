namespace Footprint.Grid.Conformance.Faults;

/// <summary>
/// The clients whose footprints a fault run writes, shared by all its streams. None gets more events than a profile
/// remembers items of, so every single event can be seen in the end.
/// </summary>
internal sealed class FaultClients(string prefix, int count)
{
    private const int MostEventsEach = 180;

    private readonly int[] _used = new int[count];

    private int _drawn;

    /// <summary>Whether half of all that fits is used: what is left is for the rest of the run, however long it takes.</summary>
    public bool AreHalfFull => Volatile.Read(ref _drawn) > count * MostEventsEach / 2;

    public IEnumerable<string> Ids => Enumerable.Range(0, count).Select(Id);

    /// <summary>Some client with room for one more event, a few of them far more often than the others; null when all are full.</summary>
    public string? Draw(Random random)
    {
        var first = Math.Min(random.Next(count), Math.Min(random.Next(count), random.Next(count)));
        for (var n = 0; n < count; n++)
        {
            var index = (first + n) % count;
            if (Interlocked.Increment(ref _used[index]) <= MostEventsEach)
            {
                Interlocked.Increment(ref _drawn);
                return Id(index);
            }
        }

        return null;
    }

    private string Id(int index) => $"{prefix}-c{index}";
}
