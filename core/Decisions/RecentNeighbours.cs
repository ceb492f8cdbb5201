using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Learning;
using Footprint.Grid.Core.Profiles;

namespace Footprint.Grid.Core.Decisions;

/// <summary>
/// What goes with the client's last items, by item, latest first. So many neighbours of each count as the bound for all of
/// them leaves; the first few of each are worth becoming candidates, the others only add to what is one already.
/// </summary>
internal sealed class RecentNeighbours
{
    /// <summary>Of those that become candidates for what they go with, how many are scored.</summary>
    public const int MostScored = 128;

    // Additions of one decision, and candidates among them: for a client with a few items, and for one with many.
    private const int FewItems = 10;
    private const int FewNeighbours = 320;
    private const int MostOfFew = 36;
    private const int FewHeads = 128;
    private const int AllNeighbours = 4096;
    private const int AllHeads = 512;

    private readonly Entry[] _entries = new Entry[ProfileLimits.RecentItems];
    private readonly int[] _slots = new int[ProfileLimits.RecentItems];

    public int Count { get; private set; }

    public ref readonly Entry this[int i] => ref _entries[i];

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
        int each = Each(items.Count);
        long lastMs = query.NowMs;
        for (int i = items.Count - 1; i >= 0 && Count < _entries.Length; i--)
        {
            ref RecentItems.Entry entry = ref items[i];
            if (entry.Slot >= 0 && !entry.IsDisliked && query.Allowed.Permits(entry.Categories) && !_slots.AsSpan(0, Count).Contains(entry.Slot))
            {
                Neighbours neighbours = query.Knowledge.NeighboursBySlot[entry.Slot];
                neighbours.Prefetch(each);
                lastMs = Count == 0 ? entry.TimeMs : lastMs;
                _slots[Count] = entry.Slot;
                _entries[Count++] = new Entry(entry.Slot, 0, neighbours, 0, 0);
            }
        }

        Share(RankingWeights.RecentFloor(query.NowMs - lastMs));
    }

    /// <summary>How many candidates so many recent items may bring.</summary>
    public static int MostHeads(int items) => items > FewItems ? AllHeads : FewHeads;

    private static int Each(int count) =>
        count > FewItems ? Math.Min(SnapshotBuilder.MostStrengths, AllNeighbours / count) : Math.Min(MostOfFew, FewNeighbours / Math.Max(1, count));

    /// <summary>Weighs the items, and shares the neighbours that count among them.</summary>
    private void Share(float floor)
    {
        int each = Each(Count);
        int heads = Math.Max(1, MostHeads(Count) / Math.Max(1, Count));
        for (int i = 0; i < Count; i++)
        {
            int neighbours = Math.Min(_entries[i].Neighbours.Count, each);
            _entries[i] = _entries[i] with
            {
                Weight = RankingWeights.CoVisit * (floor + ((1 - floor) / (1 + i))),
                NeighbourCount = neighbours,
                HeadCount = Math.Min(neighbours, heads),
            };
        }
    }

    /// <param name="Slot">Of the item.</param>
    /// <param name="Weight">What strengths are multiplied by.</param>
    /// <param name="Neighbours">What goes with it.</param>
    /// <param name="NeighbourCount">How many of them count.</param>
    /// <param name="HeadCount">How many of those become candidates.</param>
    internal readonly record struct Entry(int Slot, float Weight, Neighbours Neighbours, int NeighbourCount, int HeadCount)
    {
        public ReadOnlySpan<int> Slots => Neighbours.Slots[..NeighbourCount];

        public ReadOnlySpan<float> Strengths => Neighbours.Strengths[..NeighbourCount];
    }
}
