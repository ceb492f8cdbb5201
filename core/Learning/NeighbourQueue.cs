namespace Footprint.Grid.Core.Learning;

/// <summary>
/// Items whose neighbours are to be found out again: first those that are due, since what they teach is new, then those
/// that changed a little or are looked at because time passes. Each waits once; one that becomes due moves ahead.
/// </summary>
internal sealed class NeighbourQueue
{
    private readonly Queue<int> _due = new();
    private readonly Queue<int> _later = new();

    /// <summary>Where an item waits.</summary>
    internal enum Line : byte
    {
        None,
        Later,
        Due,
    }

    public int Count { get; private set; }

    public void Add(List<LearnedItem> items, int number, bool isDue)
    {
        LearnedItem item = items[number];
        Line line = isDue ? Line.Due : Line.Later;
        if (item.Waits >= line)
        {
            return;
        }

        // Where it waited for later it is passed over.
        Count += item.Waits == Line.None ? 1 : 0;
        item.Waits = line;
        (isDue ? _due : _later).Enqueue(number);
    }

    public bool TryTake(List<LearnedItem> items, out int number)
    {
        if (_due.TryDequeue(out number))
        {
            items[number].Waits = Line.None;
            Count--;
            return true;
        }

        while (_later.TryDequeue(out number))
        {
            if (items[number].Waits == Line.Later)
            {
                items[number].Waits = Line.None;
                Count--;
                return true;
            }
        }

        return false;
    }
}
