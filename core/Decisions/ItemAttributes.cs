using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Core.Conditions;

namespace Footprint.Grid.Core.Decisions;

/// <summary>
/// What a filter can ask of an item: <c>itemId</c>, <c>topics</c> (a list) and <c>attributes.NAME</c>. Attributes are read
/// from the stored definition when asked for: to keep them apart would cost every catalog memory for filters that few use.
/// </summary>
internal sealed class ItemAttributes : IAttributes
{
    private CatalogItem? _item;
    private NameTable? _names;

    public void Set(CatalogItem item, NameTable names) => (_item, _names) = (item, names);

    public AttributeValue Resolve(AttributePath path) => path.Root switch
    {
        "itemId" => AttributeValue.Of(_item!.Id),
        "attributes" => AttributeValue.Of(_item!.Attribute(path.Rest)),
        "topics" => AttributeValue.Of(Topics()),
        _ => AttributeValue.Missing,
    };

    private string[] Topics() => Array.ConvertAll(_item!.Topics, t => _names!.Name(t.Topic));
}
