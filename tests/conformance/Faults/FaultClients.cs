namespace Footprint.Grid.Conformance.Faults;

/// <summary>
/// The clients whose footprints a fault run writes, shared by all its streams. None gets more events than a profile
/// remembers items of, so every single event can be seen in the end.
/// </summary>
internal sealed class FaultClients(string prefix, int count)
{
    private const int MostEventsEach = 180;

    private readonly int[] _used = new int[count];

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
                return Id(index);
            }
        }

        return null;
    }

    private string Id(int index) => $"{prefix}-c{index}";
}
