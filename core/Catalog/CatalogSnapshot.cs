using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Catalog;

/// <summary>A tenant's items as of one version; immutable, shared by all decisions without a lock.</summary>
public sealed class CatalogSnapshot
{
    public static CatalogSnapshot Empty { get; } = new();

    public int Count => throw new NotSupportedException();

    /// <summary>The item as it was defined, or null.</summary>
    public Item? Find(string itemId) => throw new NotSupportedException();

    /// <summary>At most <paramref name="size"/> items in the order of their ids (ordinal), after the given id.</summary>
    public IReadOnlyList<Item> Page(string afterItemId, int size) => throw new NotSupportedException();

    /// <summary>A catalog with these items added or replaced. Costs in proportion to what changes, so batch the changes.</summary>
    public CatalogSnapshot With(IReadOnlyList<Item> items) => throw new NotSupportedException();

    public CatalogSnapshot Without(string itemId) => throw new NotSupportedException();
}
