using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Core.Events;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Clients;

/// <summary>Events and outcomes in the form that the journal keeps: all that definitions say resolved.</summary>
internal static class EventJournalling
{
    public static StoredEvent Of(FootprintEvent e, ulong idHash, TenantDefinitions definitions)
    {
        EventType row = definitions.EventTypes.Resolve(e.Type);
        CatalogItem? item = e.ItemId.Length > 0 ? definitions.Items.Get(e.ItemId) : null;
        var stored = new StoredEvent
        {
            IdHash = idHash,
            Type = e.Type,
            TimeMs = EventIntake.TimeMs(e.Time),
            ItemId = item?.Id ?? e.ItemId,
            Weight = row.Weight,
            HalfLifeS = row.HalfLifeSeconds(),
            Active = IsActive(e.Kind, row),
            Purchase = row.Purchase,
            Spent = row.SpendsItem && e.ItemId.Length > 0,
            Declared = row.Declares,
            Value = e.Value,
        };
        stored.Topics.AddRange(e.Topics);
        stored.Traits.AddRange(e.Traits);
        if (item is not null)
        {
            AddTopics(stored, item, definitions.Items.Topics);
        }

        return stored;
    }

    /// <summary>An outcome is an event of a type of its own name; what it says of a campaign concerns no item.</summary>
    public static StoredEvent Of(Outcome outcome, ulong idHash, TenantDefinitions definitions) => Of(
        new FootprintEvent
        {
            Type = outcome.Kind switch
            {
                Outcome.Types.Kind.Impression => "impression",
                Outcome.Types.Kind.Click => "click",
                Outcome.Types.Kind.Conversion => "conversion",
                _ => "dismissal",
            },
            ItemId = outcome.ItemId,
            Time = outcome.Time,
        },
        idHash,
        definitions);

    private static bool IsActive(FootprintEvent.Types.Kind stated, EventType row) =>
        (stated == FootprintEvent.Types.Kind.Unspecified ? row.Kind : stated) == FootprintEvent.Types.Kind.Active;

    // The event's own word on a topic stands before its item's.
    private static void AddTopics(StoredEvent stored, CatalogItem item, NameTable names)
    {
        TopicWeight[] stated = item.Stated(names);
        int own = stored.Topics.Count;
        if (own == 0)
        {
            stored.Topics.AddRange(stated);
            return;
        }

        foreach (TopicWeight topic in stated)
        {
            bool isOwn = false;
            for (int i = 0; i < own && !isOwn; i++)
            {
                isOwn = stored.Topics[i].Topic == topic.Topic;
            }

            if (!isOwn)
            {
                stored.Topics.Add(topic);
            }
        }
    }
}
