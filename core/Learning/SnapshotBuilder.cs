using Footprint.Grid.Core.Catalog;

namespace Footprint.Grid.Core.Learning;

/// <summary>Makes the next snapshot of knowledge from the items that changed, and from all of them now and then.</summary>
internal sealed class SnapshotBuilder
{
    private const int MostStrengths = 32;
    private const int MostPopular = 64;
    private const long RefreshMs = 6 * 3_600_000;

    // As much as one purchase is evidence for, as of now.
    private const double Shrinkage = 6;

    private KnowledgeSnapshot _latest = KnowledgeSnapshot.Empty;
    private CatalogSnapshot? _catalog;
    private int _idsKnown;
    private long _refreshedMs;

    /// <param name="catalog">Whose slots the snapshot goes by.</param>
    /// <param name="items">All learned items by number.</param>
    /// <param name="touched">Numbers of those that changed since the last call.</param>
    /// <param name="nowMs">The time that counts are decayed to.</param>
    /// <param name="scale">What a count is multiplied by to have its value now.</param>
    public KnowledgeSnapshot Build(CatalogSnapshot catalog, List<LearnedItem> items, List<int> touched, long nowMs, double scale)
    {
        bool sameCatalog = ReferenceEquals(catalog, _catalog);
        if (touched.Count == 0 && sameCatalog && nowMs - _refreshedMs < RefreshMs)
        {
            return _latest;
        }

        // Decay alone moves every count: all are looked at again after six hours, and when the catalog has new ids.
        bool all = nowMs - _refreshedMs >= RefreshMs || catalog.Ids.Count != _idsKnown;
        IEnumerable<int> changed = all ? Enumerable.Range(0, items.Count) : touched;
        if (all)
        {
            _refreshedMs = nowMs;
            _idsKnown = catalog.Ids.Count;
        }

        _catalog = catalog;
        ChunkedArray<float>.Builder popularity = _latest.PopularityBySlot.ToBuilder();
        ChunkedArray<Neighbours>.Builder neighbours = _latest.NeighboursBySlot.ToBuilder();
        double mean = items.Count == 0 ? 0 : items.Average(item => item.Count);
        foreach (int number in changed)
        {
            LearnedItem item = items[number];
            if (Slot(item, catalog) >= 0)
            {
                popularity[item.Slot] = (float)Math.Log(1 + (item.Count * scale));
                neighbours[item.Slot] = Strongest(item, items, mean, Shrinkage / scale, catalog);
            }
        }

        touched.ForEach(n => items[n].IsTouched = false);
        return _latest = Rank(catalog, items, popularity.Build(), neighbours.Build());
    }

    private static int Slot(LearnedItem item, CatalogSnapshot catalog)
    {
        if (item.Slot < 0)
        {
            item.Slot = catalog.Ids.Find(item.Id);
        }

        return item.Slot;
    }

    private static Neighbours Strongest(LearnedItem item, List<LearnedItem> items, double mean, double shrinkage, CatalogSnapshot catalog)
    {
        Span<int> slots = stackalloc int[LearnedItem.MostNeighbours];
        Span<float> strengths = stackalloc float[LearnedItem.MostNeighbours];
        double source = Math.Sqrt(item.Count);
        int count = 0;
        for (int i = 0; i < item.Neighbours; i++)
        {
            LearnedItem other = items[item.Numbers[i]];
            if (Slot(other, catalog) >= 0)
            {
                slots[count] = other.Slot;
                strengths[count++] = -(float)(item.Weights[i] / (source * Math.Sqrt(Math.Sqrt(other.Count * mean)) + shrinkage));
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
            strengths[i] = Math.Min(1, -strengths[i]);
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
