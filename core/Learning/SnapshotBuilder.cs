using Footprint.Grid.Core.Catalog;

namespace Footprint.Grid.Core.Learning;

/// <summary>
/// Makes the next snapshot of knowledge from the items that changed, and from all of them now and then. Popularity is that of
/// the moment; what goes with what is found out for so many items at each call, those that changed most first.
/// </summary>
internal sealed class SnapshotBuilder
{
    /// <summary>Items solved for at one call: some 20 ms of work, so that with the rest that publishers keep what is new is there within a second.</summary>
    internal const int MostSolved = 512;

    /// <summary>Strengths of an item at the most; 8 bytes each.</summary>
    internal const int MostStrengths = 56;

    private const int MostPopular = 64;
    private const long RefreshMs = 6 * 3_600_000;

    private readonly NeighbourQueue _queue = new();
    private readonly NeighbourRegression _regression = new();
    private readonly List<int> _forgotten = [];
    private KnowledgeSnapshot _latest = KnowledgeSnapshot.Empty;
    private CatalogSnapshot? _catalog;
    private int _idsKnown;
    private long _refreshedMs;

    /// <summary>Items whose neighbours are to be found out again.</summary>
    public int Waiting => _queue.Count;

    /// <summary>The next snapshot knows nothing of what is in that slot, but for what is learned anew.</summary>
    public void Forget(int slot) => _forgotten.Add(slot);

    /// <param name="catalog">Whose slots the snapshot goes by.</param>
    /// <param name="items">All learned items by number.</param>
    /// <param name="touched">Numbers of those that changed since the last call.</param>
    /// <param name="nowMs">The time that counts are decayed to.</param>
    /// <param name="scale">What a count is multiplied by to have its value now.</param>
    public KnowledgeSnapshot Build(CatalogSnapshot catalog, List<LearnedItem> items, List<int> touched, long nowMs, double scale)
    {
        bool refresh = nowMs - _refreshedMs >= RefreshMs;
        if (touched.Count == 0 && _queue.Count == 0 && _forgotten.Count == 0 && ReferenceEquals(catalog, _catalog) && !refresh)
        {
            return _latest;
        }

        if (catalog.Ids.Count != _idsKnown)
        {
            _idsKnown = catalog.Ids.Count;
            FindSlots(catalog, items, touched);
        }

        // Decay alone moves every count, so all are looked at again after six hours.
        if (refresh)
        {
            _refreshedMs = nowMs;
            for (int number = 0; number < items.Count; number++)
            {
                _queue.Add(items, number, isDue: false);
            }
        }

        _catalog = catalog;
        ChunkedArray<float>.Builder popularity = _latest.PopularityBySlot.ToBuilder();
        ChunkedArray<Neighbours>.Builder neighbours = _latest.NeighboursBySlot.ToBuilder();
        foreach (int slot in _forgotten)
        {
            popularity[slot] = 0;
            neighbours[slot] = default;
        }

        _forgotten.Clear();
        foreach (int number in touched)
        {
            LearnedItem item = items[number];
            item.Slot = item.Slot < 0 ? catalog.Ids.Find(item.Id) : item.Slot;
            _queue.Add(items, number, item.IsDue);
        }

        foreach (int number in refresh ? Enumerable.Range(0, items.Count) : touched)
        {
            LearnedItem item = items[number];
            if (item.Slot >= 0)
            {
                popularity[item.Slot] = (float)Math.Log(1 + (item.Count * scale));
            }
        }

        double mean = items.Count == 0 ? 0 : items.Average(item => item.Count);
        for (int solved = 0; solved < MostSolved && _queue.TryTake(items, out int number);)
        {
            LearnedItem item = items[number];
            item.Settle();
            if (item.Slot >= 0)
            {
                neighbours[item.Slot] = Strongest(items, number, mean, scale);
                solved++;
            }
        }

        touched.ForEach(n => items[n].IsTouched = false);
        return _latest = Rank(catalog, items, popularity.Build(), neighbours.Build());
    }

    // Those that the catalog lacked may be in it now, and what goes with others.
    private static void FindSlots(CatalogSnapshot catalog, List<LearnedItem> items, List<int> touched)
    {
        for (int number = 0; number < items.Count; number++)
        {
            LearnedItem item = items[number];
            bool isFound = item.Slot < 0 && (item.Slot = catalog.Ids.Find(item.Id)) >= 0;
            if ((isFound || item.IsIncomplete) && !item.IsTouched)
            {
                item.IsTouched = true;
                touched.Add(number);
            }
        }
    }

    private Neighbours Strongest(List<LearnedItem> items, int number, double mean, double scale)
    {
        _regression.Solve(items, number, scale);
        Span<int> slots = stackalloc int[NeighbourRegression.Most];
        Span<float> strengths = stackalloc float[NeighbourRegression.Most];
        int count = 0;
        for (int i = 0; i < _regression.Count; i++)
        {
            LearnedItem other = items[_regression.Numbers[i]];
            float strength = _regression.Weights[i] * (float)Math.Sqrt(Math.Sqrt(other.Count / mean));
            if (strength > 0)
            {
                slots[count] = other.Slot;
                strengths[count++] = -strength;
            }
        }

        if (count == 0)
        {
            return default;
        }

        strengths[..count].Sort(slots[..count]);
        count = Math.Min(count, MostStrengths);
        for (int i = 0; i < count; i++)
        {
            strengths[i] = -strengths[i];
        }

        return new Neighbours(slots[..count], strengths[..count]);
    }

    private static KnowledgeSnapshot Rank(
        CatalogSnapshot catalog, List<LearnedItem> items, ChunkedArray<float> popularity, ChunkedArray<Neighbours> neighbours)
    {
        var popular = new TopSlots(MostPopular);
        var byTopic = new Dictionary<int, TopSlots>();
        foreach (LearnedItem learned in items)
        {
            if (learned.Slot < 0 || learned.Count <= 0 || catalog.Items[learned.Slot] is not { } item)
            {
                continue;
            }

            float score = popularity[item.Slot];
            popular.Offer(item.Slot, score);
            foreach (ItemTopic topic in item.Topics)
            {
                if (!byTopic.TryGetValue(topic.Topic, out TopSlots? top))
                {
                    byTopic.Add(topic.Topic, top = new TopSlots(LeadingSlots.Most));
                }

                top.Offer(item.Slot, score * topic.Share);
            }
        }

        ChunkedArray<LeadingSlots>.Builder popularByTopic = new ChunkedArray<LeadingSlots>().ToBuilder();
        foreach ((int topic, TopSlots top) in byTopic)
        {
            popularByTopic[topic] = new LeadingSlots(top.ToArray());
        }

        return new KnowledgeSnapshot(popularity, popular.Best, neighbours, popular.ToArray(), popularByTopic.Build());
    }
}
