using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Learning;
using Footprint.Grid.Core.Profiles;

namespace Footprint.Grid.Core.Decisions;

/// <summary>What goes with the client's last items, by item, latest first.</summary>
internal sealed class RecentNeighbours
{
    private const int AllNeighbours = 64;
    private const int MostNeighbours = 32;

    private readonly Entry[] _entries = new Entry[RankingWeights.RecentItems];

    public int Count { get; private set; }

    public ref readonly Entry this[int i] => ref _entries[i];

    private bool IsFull => Count == _entries.Length;

    public void Clear()
    {
        Array.Clear(_entries, 0, Count);
        Count = 0;
    }

    /// <summary>Starts from the client's last items that may be used; after <see cref="Clear"/>.</summary>
    public void Find(ClientProfile profile, in ContentQuery query)
    {
        RecentItems items = profile.RecentItems;
        items.Resolve(query.Catalog.Ids);
        for (int i = items.Count - 1; i >= 0 && !IsFull; i--)
        {
            ref RecentItems.Entry entry = ref items[i];
            if (entry.Slot >= 0 && !entry.IsDisliked && query.Allowed.Permits(entry.Categories) && !Has(entry.Slot))
            {
                Neighbours neighbours = query.Knowledge.NeighboursBySlot[entry.Slot];
                neighbours.Prefetch();
                Add(entry.Slot, entry.ItemId, neighbours);
            }
        }

        Share();
    }

    private bool Has(int slot)
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
    private void Add(int slot, string itemId, Neighbours neighbours)
    {
        _entries[Count] = new Entry(slot, itemId, RankingWeights.CoVisit / MathF.Sqrt(1 + Count), neighbours, 0);
        Count++;
    }

    /// <summary>Shares the neighbours that count among the items that are there.</summary>
    private void Share()
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
