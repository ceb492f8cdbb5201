using System.Runtime.InteropServices;
using Footprint.Grid.Core.Catalog;

namespace Footprint.Grid.Core.Learning;

/// <summary>
/// The most popular items, of all and of each topic, kept as items change: nobody else is looked at, unless so
/// many leaders went that somebody else may belong there. Then one pass over what is known of all, or of the topic's, finds out who. One caller at a time.
/// </summary>
internal sealed class PopularHeads
{
    private const int MostPopular = 64;

    // Twice as many as are published, so that as many may be deleted before all are looked at.
    private const int Kept = 2;

    private readonly TopSlots _all = new(Kept * MostPopular);
    private readonly Dictionary<int, TopSlots> _topics = [];
    private readonly HashSet<int> _changed = [];
    private int[] _popular = [];
    private ChunkedArray<LeadingSlots> _byTopic = new();

    /// <summary>Slots, the most popular first, as of the last <see cref="Publish"/>.</summary>
    public int[] Popular => _popular;

    /// <summary>Slots of each topic likewise.</summary>
    public ChunkedArray<LeadingSlots> ByTopic => _byTopic;

    /// <summary>The greatest popularity.</summary>
    public float Best => _all.Best;

    /// <summary>An item's popularity, above 0.</summary>
    public void Offer(CatalogItem item, float popularity)
    {
        _all.Offer(item.Slot, popularity);
        foreach (ItemTopic topic in item.Topics)
        {
            ref TopSlots? top = ref CollectionsMarshal.GetValueRefOrAddDefault(_topics, topic.Topic, out _);
            top ??= new TopSlots(Kept * LeadingSlots.Most);
            top.Offer(item.Slot, popularity * topic.Share);
            _changed.Add(topic.Topic);
        }
    }

    /// <summary>An item as it was offered, that is none any more or has other topics.</summary>
    public void Remove(CatalogItem item)
    {
        _all.Remove(item.Slot);
        foreach (ItemTopic topic in item.Topics)
        {
            if (_topics.TryGetValue(topic.Topic, out TopSlots? top))
            {
                top.Remove(item.Slot);
                _changed.Add(topic.Topic);
            }
        }
    }

    /// <summary>Makes what is published of what changed.</summary>
    /// <param name="catalog">Which all that was offered is in.</param>
    /// <param name="popularity">By slot, as it was offered; of whoever is not in the catalog it says nothing.</param>
    public void Publish(CatalogSnapshot catalog, ChunkedArray<float>.Builder popularity)
    {
        if (_all.IsShort(MostPopular))
        {
            Refill(catalog, popularity);
        }

        ReadOnlySpan<int> popular = _all.First(MostPopular);
        _popular = popular.SequenceEqual(_popular) ? _popular : popular.ToArray();
        if (_changed.Count == 0)
        {
            return;
        }

        ChunkedArray<LeadingSlots>.Builder topics = _byTopic.ToBuilder();
        foreach (int topic in _changed)
        {
            TopSlots top = _topics[topic];
            if (top.IsShort(LeadingSlots.Most))
            {
                Refill(top, catalog.Postings[topic], popularity);
            }

            ReadOnlySpan<int> first = top.First(LeadingSlots.Most);
            if (!first.SequenceEqual(topics[topic].Slots))
            {
                topics[topic] = new LeadingSlots(first);
            }

            if (top.IsEmpty)
            {
                _topics.Remove(topic);
            }
        }

        _byTopic = topics.Build();
        _changed.Clear();
    }

    private void Refill(CatalogSnapshot catalog, ChunkedArray<float>.Builder popularity)
    {
        _all.Clear();
        for (int slot = 0; slot < catalog.Ids.Count; slot++)
        {
            float score = popularity[slot];
            if (score > 0 && _all.Matters(slot, score) && catalog.Items[slot] is not null)
            {
                _all.Add(slot, score);
            }
        }
    }

    private static void Refill(TopSlots top, Posting? about, ChunkedArray<float>.Builder popularity)
    {
        top.Clear();
        for (int i = 0; i < about?.Count; i++)
        {
            Posting.Entry entry = about.At(i);
            float score = popularity[entry.Slot];
            if (score > 0)
            {
                top.Add(entry.Slot, score * entry.Share);
            }
        }
    }
}
