using Footprint.Grid.Core.Events;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Catalog;

/// <summary>An item as decisions read it; its definition is kept as bytes, a third of the message's size in memory.</summary>
public sealed class CatalogItem
{
    private readonly byte[] _definition;
    private TopicWeight[]? _stated;

    internal CatalogItem(string id, int slot, ItemTopic[] topics, Item definition, byte[] bytes)
    {
        Id = id;
        Slot = slot;
        Topics = topics;
        PublishMs = definition.PublishTime is { } publish ? EventIntake.TimeMs(publish) : 0;
        ExpireMs = definition.ExpireTime is { } expire ? EventIntake.TimeMs(expire) : long.MaxValue;
        _definition = bytes;
    }

    public string Id { get; }

    /// <summary>The item's number, the same in all versions of the catalog.</summary>
    public int Slot { get; }

    /// <summary>Strongest first; the shares add up to 1.</summary>
    internal ItemTopic[] Topics { get; }

    /// <summary>Milliseconds since the epoch; 0 when the item does not say.</summary>
    public long PublishMs { get; }

    /// <summary>Exclusive.</summary>
    public long ExpireMs { get; }

    /// <summary>The topics as events of this item take them over; shared, not to be changed.</summary>
    internal TopicWeight[] Stated(NameTable names) =>
        _stated ??= [.. Topics.Select(t => new TopicWeight { Topic = names.Name(t.Topic), Weight = t.Weight })];

    internal bool IsDefinedBy(ReadOnlySpan<byte> definition) => definition.SequenceEqual(_definition);

    /// <summary>An attribute of the definition, or null.</summary>
    internal string? Attribute(string name, AttributeTexts texts) => DefinitionBytes.Attribute(_definition, name, texts);

    public Item Definition => Item.Parser.ParseFrom(_definition);
}
