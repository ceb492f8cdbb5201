using Footprint.Grid.Core.Learning;

namespace Footprint.Grid.Core.Decisions;

/// <summary>What goes with the client's last items, by item, latest first.</summary>
internal sealed class RecentNeighbours
{
    private const int AllNeighbours = 64;
    private const int MostNeighbours = 32;

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

    /// <summary>The next one back.</summary>
    public void Add(int slot, string itemId, Neighbours neighbours)
    {
        _entries[Count] = new Entry(slot, itemId, RankingWeights.CoVisit / MathF.Sqrt(1 + Count), neighbours, 0);
        Count++;
    }

    /// <summary>Shares the neighbours that count among the items that are there.</summary>
    public void Share()
    {
        int each = Math.Min(MostNeighbours, AllNeighbours / Math.Max(1, Count));
        for (int i = 0; i < Count; i++)
        {
            _entries[i] = _entries[i] with { NeighbourCount = Math.Min(_entries[i].Neighbours.Count, each) };
        }
    }

    internal readonly record struct Entry(int Slot, string ItemId, float Weight, Neighbours Neighbours, int NeighbourCount)
    {
        public ReadOnlySpan<int> Slots => Neighbours.Slots[..NeighbourCount];

        public ReadOnlySpan<float> Strengths => Neighbours.Strengths[..NeighbourCount];
    }
}
