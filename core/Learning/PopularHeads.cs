using System.Runtime.InteropServices;
using Footprint.Grid.Core.Catalog;

namespace Footprint.Grid.Core.Learning;

/// <summary>
/// The most popular items, of all and of each topic, kept as items change: nobody else is looked at, unless so
/// many leaders went that somebody else may belong there. Then a look at all, or at the topic's, finds out who: so many at each call, and
/// until it is done those lead who are known. One caller at a time.
/// </summary>
internal sealed class PopularHeads
{
    private const int MostPopular = 64;

    // Twice as many as are published, so that as many may be deleted before all are looked at.
    private const int Kept = 2;

    /// <summary>Slots that one call looks at, of all topics together; a topic is looked at whole, if it is the only one.</summary>
    public const int AtOnce = 1 << 17;

    private TopSlots _all = new(Kept * MostPopular);

    // Who leads as far as the look at all has come; null when there is none.
    private TopSlots? _next;
    private int _hand;
    private readonly Dictionary<int, TopSlots> _topics = [];
    private readonly HashSet<int> _changed = [];
    private int[] _popular = [];
    private ChunkedArray<LeadingSlots> _byTopic = new();

    /// <summary>Slots, the most popular first, as of the last <see cref="Publish"/>.</summary>
    public int[] Popular => _popular;

    /// <summary>Slots of each topic likewise.</summary>
    public ChunkedArray<LeadingSlots> ByTopic => _byTopic;

    /// <summary>The greatest popularity that is known.</summary>
    public float Best => Math.Max(_all.Best, _next?.Best ?? 0);

    /// <summary>Whether some are not looked at yet.</summary>
    public bool IsAtWork => _next is not null || _changed.Count > 0;

    /// <summary>How often it looked at a slot for somebody who leads.</summary>
    public long Sought { get; private set; }

    /// <summary>An item's popularity, above 0.</summary>
    public void Offer(CatalogItem item, float popularity)
    {
        _all.Offer(item.Slot, popularity);
        _next?.Offer(item.Slot, popularity);
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
        _next?.Remove(item.Slot);
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
        Refill(catalog, popularity);
        Span<int> popular = stackalloc int[MostPopular];
        popular = popular[..Lead(popular)];
        _popular = popular.SequenceEqual(_popular) ? _popular : popular.ToArray();
        if (_changed.Count == 0)
        {
            return;
        }

        int left = AtOnce;
        var later = new List<int>();
        ChunkedArray<LeadingSlots>.Builder topics = _byTopic.ToBuilder();
        foreach (int topic in _changed)
        {
            TopSlots top = _topics[topic];
            bool isLater = false;
            if (top.IsShort(LeadingSlots.Most))
            {
                Posting? about = catalog.Postings[topic];
                int count = about?.Count ?? 0;
                if (count <= left || left == AtOnce)
                {
                    left = Math.Max(0, left - count);
                    Refill(top, about, popularity);
                }
                else
                {
                    later.Add(topic);
                    isLater = true;
                }
            }

            ReadOnlySpan<int> first = top.First(LeadingSlots.Most);
            if (!first.SequenceEqual(topics[topic].Slots))
            {
                topics[topic] = new LeadingSlots(first);
            }

            if (top.IsEmpty && !isLater)
            {
                _topics.Remove(topic);
            }
        }

        _byTopic = topics.Build();
        _changed.Clear();
        _changed.UnionWith(later);
    }

    // Gives how many there are.
    private int Lead(Span<int> popular)
    {
        ReadOnlySpan<int> first = _all.First(MostPopular);
        first.CopyTo(popular);
        int count = first.Length;
        ReadOnlySpan<int> others = _next is null ? [] : _next.First(MostPopular);
        for (int i = 0; i < others.Length && count < MostPopular; i++)
        {
            if (!first.Contains(others[i]))
            {
                popular[count++] = others[i];
            }
        }

        return count;
    }

    private void Refill(CatalogSnapshot catalog, ChunkedArray<float>.Builder popularity)
    {
        if (_next is null && _all.IsShort(MostPopular))
        {
            (_next, _hand) = (new TopSlots(Kept * MostPopular), 0);
        }

        if (_next is null)
        {
            return;
        }

        for (int left = AtOnce; _hand < catalog.Ids.Count && left > 0; _hand++, left--)
        {
            Sought++;
            float score = popularity[_hand];
            if (score > 0 && _next.Matters(_hand, score) && catalog.Items[_hand] is not null)
            {
                _next.Offer(_hand, score);
            }
        }

        if (_hand >= catalog.Ids.Count)
        {
            (_all, _next) = (_next, null);
        }
    }

    private void Refill(TopSlots top, Posting? about, ChunkedArray<float>.Builder popularity)
    {
        top.Clear();
        for (int i = 0; i < about?.Count; i++)
        {
            Sought++;
            Posting.Entry entry = about.At(i);
            float score = popularity[entry.Slot];
            if (score > 0)
            {
                top.Add(entry.Slot, score * entry.Share);
            }
        }
    }
}
