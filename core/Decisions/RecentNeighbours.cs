using Footprint.Grid.Core.Learning;

namespace Footprint.Grid.Core.Decisions;

/// <summary>What goes with the client's last items, by item, latest first.</summary>
internal sealed class RecentNeighbours
{
    private const int MostNeighbours = 32;
    private const int LeastNeighbours = 8;

    private readonly Entry[] _entries = new Entry[RankingWeights.RecentItems];

    public int Count { get; private set; }

    public ref readonly Entry this[int i] => ref _entries[i];

    public bool IsFull => Count == _entries.Length;

    public void Clear()
    {
        Array.Clear(_entries, 0, Count);
        Count = 0;
    }

    public bool Has(int slot)
    {
        for (int i = 0; i < Count; i++)
        {
            if (_entries[i].Slot == slot)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Of the last item all neighbours count, of each one before half as many as of the next.</summary>
    public void Add(int slot, string itemId, Neighbours neighbours)
    {
        int count = Math.Min(neighbours.Count, Math.Max(LeastNeighbours, MostNeighbours >> Count));
        _entries[Count] = new Entry(slot, itemId, RankingWeights.CoVisit / (1 + Count), neighbours, count);
        Count++;
    }

    internal readonly record struct Entry(int Slot, string ItemId, float Weight, Neighbours Neighbours, int NeighbourCount)
    {
        public ReadOnlySpan<int> Slots => Neighbours.Slots[..NeighbourCount];

        public ReadOnlySpan<float> Strengths => Neighbours.Strengths[..NeighbourCount];
    }
}
