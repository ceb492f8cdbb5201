using System.Runtime.InteropServices;
using Footprint.Grid.Core.Catalog;

namespace Footprint.Grid.Core.Learning;

/// <summary>
/// The most popular items, of all and of each topic, kept as items change: nobody else is looked at. One caller at a time.
/// </summary>
internal sealed class PopularHeads
{
    private const int MostPopular = 64;

    // Twice as many as are published, so that as many may be deleted before all have to be offered again.
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

    /// <summary>Before all items are offered again.</summary>
    public void ForgetOthers()
    {
        _all.ForgetOthers();
        foreach (TopSlots top in _topics.Values)
        {
            top.ForgetOthers();
        }
    }

    /// <summary>Makes what is published of what changed; false when so many went that all items have to be offered again.</summary>
    public bool Publish()
    {
        bool isShort = _all.IsShort(MostPopular);
        ReadOnlySpan<int> popular = _all.First(MostPopular);
        _popular = popular.SequenceEqual(_popular) ? _popular : popular.ToArray();
        if (_changed.Count > 0)
        {
            ChunkedArray<LeadingSlots>.Builder topics = _byTopic.ToBuilder();
            foreach (int topic in _changed)
            {
                TopSlots top = _topics[topic];
                ReadOnlySpan<int> first = top.First(LeadingSlots.Most);
                LeadingSlots known = topics[topic];
                if (!first.SequenceEqual(known.Slots))
                {
                    topics[topic] = new LeadingSlots(first);
                }

                isShort |= top.IsShort(LeadingSlots.Most);
                if (top.IsEmpty)
                {
                    _topics.Remove(topic);
                }
            }

            _byTopic = topics.Build();
            _changed.Clear();
        }

        return !isShort;
    }
}
