using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Catalog;

/// <summary>A tenant's items as of one version; immutable, shared by all decisions without a lock.</summary>
public sealed class CatalogSnapshot
{
    public const int MaxItems = 2_000_000;
    public const int MaxTopics = 1_000_000;

    /// <summary>How many of the newest items are at hand.</summary>
    internal const int Newest = 64;

    private readonly Lazy<string[]> _sortedIds;

    internal CatalogSnapshot(
        NameTable ids, NameTable topics, ChunkedArray<CatalogItem?> items, ChunkedArray<ItemRow> rows, ChunkedArray<Posting> postings, ChunkedArray<LeadingSlots> leads, int[] fresh, int count)
    {
        Ids = ids;
        Topics = topics;
        Items = items;
        Rows = rows;
        Postings = postings;
        Leads = leads;
        Fresh = fresh;
        Count = count;
        _sortedIds = new Lazy<string[]>(SortIds);
    }

    /// <summary>A catalog of nothing, the first version of a line of its own.</summary>
    public static CatalogSnapshot Empty => new(
        new NameTable(2 * MaxItems), new NameTable(MaxTopics), new ChunkedArray<CatalogItem?>(), new ChunkedArray<ItemRow>(), new ChunkedArray<Posting>(), new ChunkedArray<LeadingSlots>(), [], 0);

    public int Count { get; }

    internal NameTable Ids { get; }

    internal NameTable Topics { get; }

    internal ChunkedArray<CatalogItem?> Items { get; }

    /// <summary>By slot, for every slot that has or had an item.</summary>
    internal ChunkedArray<ItemRow> Rows { get; }

    internal ChunkedArray<Posting> Postings { get; }

    /// <summary>By topic: the items that are most about it, side by side with those of the other topics.</summary>
    internal ChunkedArray<LeadingSlots> Leads { get; }

    /// <summary>Slots of the items published last, the newest first.</summary>
    internal int[] Fresh { get; }

    /// <summary>The item as it was defined, or null.</summary>
    public Item? Find(string itemId) => Get(itemId)?.Definition;

    /// <summary>The item as decisions read it, or null.</summary>
    public CatalogItem? Get(string itemId) => Ids.Find(itemId) is var slot && slot >= 0 ? Items[slot] : null;

    /// <summary>At most <paramref name="size"/> items in the order of their ids (ordinal), after the given id.</summary>
    public IReadOnlyList<Item> Page(string afterItemId, int size)
    {
        string[] ids = _sortedIds.Value;
        int at = Array.BinarySearch(ids, afterItemId, StringComparer.Ordinal);
        at = at >= 0 ? at + 1 : ~at;
        var page = new List<Item>(Math.Min(size, ids.Length - at));
        for (; at < ids.Length && page.Count < size; at++)
        {
            page.Add(Find(ids[at])!);
        }

        return page;
    }

    /// <summary>A catalog with these items added or replaced. Costs in proportion to what changes, so batch the changes.</summary>
    /// <exception cref="Engine.GridException">RESOURCE_EXHAUSTED past <see cref="MaxItems"/> or <see cref="MaxTopics"/>.</exception>
    public CatalogSnapshot With(IReadOnlyList<Item> items)
    {
        if (items.Count == 0)
        {
            return this;
        }

        var change = new CatalogChange(this);
        foreach (Item item in items)
        {
            change.Put(item);
        }

        return change.Build();
    }

    public CatalogSnapshot Without(string itemId)
    {
        if (Get(itemId) is null)
        {
            return this;
        }

        var change = new CatalogChange(this);
        change.Remove(itemId);
        return change.Build();
    }

    /// <summary>The same catalog when all of its items are among those ids.</summary>
    internal CatalogSnapshot Only(HashSet<string> itemIds)
    {
        if (Count <= itemIds.Count && Enumerable.Range(0, Ids.Count).All(s => Items[s] is not { } item || itemIds.Contains(item.Id)))
        {
            return this;
        }

        var change = new CatalogChange(this);
        for (int slot = 0; slot < Ids.Count; slot++)
        {
            if (Items[slot] is { } item && !itemIds.Contains(item.Id))
            {
                change.Remove(item.Id);
            }
        }

        return change.Build();
    }

    private string[] SortIds()
    {
        var ids = new List<string>(Count);
        for (int slot = 0; slot < Ids.Count; slot++)
        {
            if (Items[slot] is { } item)
            {
                ids.Add(item.Id);
            }
        }

        ids.Sort(StringComparer.Ordinal);
        return [.. ids];
    }
}
