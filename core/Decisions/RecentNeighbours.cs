using Footprint.Grid.Core.Learning;

namespace Footprint.Grid.Core.Decisions;

/// <summary>What goes with the client's last items, by item, latest first.</summary>
internal sealed class RecentNeighbours
{
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

    public void Add(int slot, string itemId, Neighbours? neighbours) =>
        _entries[Count] = new Entry(slot, itemId, RankingWeights.CoVisit / (1 + Count++), neighbours);

    internal readonly record struct Entry(int Slot, string ItemId, float Weight, Neighbours? Neighbours);
}
