using System.Runtime.InteropServices;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Rpc;

namespace Footprint.Grid.Core.Catalog;

/// <summary>The next version of a catalog in the making.</summary>
internal sealed class CatalogChange(CatalogSnapshot from)
{
    private readonly ChunkedArray<CatalogItem?>.Builder _items = from.Items.ToBuilder();
    private readonly ChunkedArray<ItemRow>.Builder _rows = from.Rows.ToBuilder();
    private readonly Dictionary<int, TopicChange> _topics = [];
    private readonly HashSet<int> _touched = [];
    private int _count = from.Count;

    public void Put(Item item)
    {
        int slot = from.Ids.FindOrAdd(item.ItemId);
        if (slot < 0 || (_items[slot] is null && _count == CatalogSnapshot.MaxItems))
        {
            throw new GridException(Code.ResourceExhausted, "The catalog is full.", [new Fault("items", "is full", $"at most {CatalogSnapshot.MaxItems} items")]);
        }

        byte[] definition = item.ToByteArray();
        if (_items[slot]?.IsDefinedBy(definition) == true)
        {
            return;
        }

        Take(slot);
        var placed = new CatalogItem(from.Ids.Name(slot), slot, Topics(item, slot), item, definition);
        _items[slot] = placed;
        _rows[slot] = ItemRow.Of(placed);
        _touched.Add(slot);
        _count++;
    }

    public void Remove(string itemId)
    {
        int slot = from.Ids.Find(itemId);
        if (slot >= 0)
        {
            Take(slot);
            _touched.Add(slot);
        }
    }

    public CatalogSnapshot Build()
    {
        ChunkedArray<Posting>.Builder postings = from.Postings.ToBuilder();
        ChunkedArray<LeadingSlots>.Builder leads = from.Leads.ToBuilder();
        foreach ((int topic, TopicChange change) in _topics)
        {
            Posting posting = (postings[topic] ?? Posting.Empty).With(change.Removed, change.Added);
            postings[topic] = posting;
            leads[topic] = posting.Lead;
        }

        ChunkedArray<CatalogItem?> items = _items.Build();
        return new CatalogSnapshot(from.Ids, from.Topics, items, _rows.Build(), postings.Build(), leads.Build(), Freshest(items), _count);
    }

    private void Take(int slot)
    {
        if (_items[slot] is not { } old)
        {
            return;
        }

        foreach (ItemTopic topic in old.Topics)
        {
            TopicChange change = Change(topic.Topic);
            change.Removed.Add(slot);
            change.Added.RemoveAll(e => e.Slot == slot);
        }

        _items[slot] = null;
        _rows[slot] = default;
        _count--;
    }

    private ItemTopic[] Topics(Item item, int slot)
    {
        var weights = new Dictionary<string, double>(StringComparer.Ordinal);
        double sum = 0;
        foreach (TopicWeight t in item.Topics)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(weights, t.Topic, out _) += t.Weight;
            sum += t.Weight;
        }

        var topics = new List<ItemTopic>(weights.Count);
        foreach ((string name, double weight) in weights)
        {
            int topic = from.Topics.FindOrAdd(name);
            if (topic < 0)
            {
                throw new GridException(Code.ResourceExhausted, "The catalog has too many topics.", [new Fault("items", "has too many topics", $"at most {CatalogSnapshot.MaxTopics} topics")]);
            }

            float share = (float)(weight / sum);
            topics.Add(new ItemTopic(topic, (float)weight, share));
            Change(topic).Added.Add(new Posting.Entry(share, slot));
        }

        topics.Sort((a, b) => a.Share != b.Share ? b.Share.CompareTo(a.Share) : a.Topic.CompareTo(b.Topic));
        return [.. topics];
    }

    private int[] Freshest(ChunkedArray<CatalogItem?> items)
    {
        List<int> kept = [.. from.Fresh.Where(s => !_touched.Contains(s))];
        bool isShort = kept.Count < from.Fresh.Length && from.Fresh.Length == CatalogSnapshot.Newest;

        // When one of the newest went, the next in line is not known without a look at all.
        IEnumerable<int> candidates = isShort ? Enumerable.Range(0, from.Ids.Count) : kept.Concat(_touched);
        return [.. candidates
            .Where(s => items[s] is { PublishMs: > 0 })
            .OrderByDescending(s => items[s]!.PublishMs)
            .ThenBy(s => s)
            .Take(CatalogSnapshot.Newest)];
    }

    private TopicChange Change(int topic) => CollectionsMarshal.GetValueRefOrAddDefault(_topics, topic, out _) ??= new TopicChange();

    private sealed class TopicChange
    {
        public HashSet<int> Removed { get; } = [];

        public List<Posting.Entry> Added { get; } = [];
    }
}
