using System.Collections;
using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Core.Conditions;

namespace Footprint.Grid.Core.Decisions;

/// <summary>
/// What a filter can ask of an item: <c>itemId</c>, <c>topics</c> (a list) and <c>attributes.NAME</c>. Attributes are read
/// from the stored definition when asked for: to keep them apart would cost every catalog memory for filters that few use.
/// Made for thousands of items a decision, so what it answers with is good until the next <see cref="Set"/>.
/// </summary>
internal sealed class ItemAttributes : IAttributes, IReadOnlyList<string>
{
    private readonly AttributeTexts _texts = new();
    private CatalogItem? _item;
    private NameTable? _names;

    /// <summary>Of the item's topics.</summary>
    public int Count => _item!.Topics.Length;

    /// <summary>A topic of the item.</summary>
    public string this[int index] => _names!.Name(_item!.Topics[index].Topic);

    public void Set(CatalogItem item, NameTable names) => (_item, _names) = (item, names);

    public AttributeValue Resolve(AttributePath path) => path.Root switch
    {
        "itemId" => AttributeValue.Of(_item!.Id),
        "attributes" => AttributeValue.Of(_item!.Attribute(path.Rest, _texts)),
        "topics" => AttributeValue.Of((IReadOnlyList<string>)this),
        _ => AttributeValue.Missing,
    };

    public IEnumerator<string> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
