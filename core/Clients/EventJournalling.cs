using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Core.Events;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Google.Protobuf.WellKnownTypes;

namespace Footprint.Grid.Core.Clients;

/// <summary>
/// Events and outcomes in the form that the journal keeps: all that definitions say resolved. The entry is the thread's
/// own, filled anew by each call: journal and profile take what they need of it before the turn ends.
/// </summary>
internal static class EventJournalling
{
    [ThreadStatic]
    private static JournalEntry? _ofThread;

    /// <summary>
    /// When it happened, in milliseconds since the epoch. One ahead of the clock, as far as clocks may differ, is as of the clock: nothing
    /// that a client says beats what it says later.
    /// </summary>
    public static long TimeMs(Timestamp time, long nowMs) => Math.Min(EventIntake.TimeMs(time), nowMs);

    public static JournalEntry Of(FootprintEvent e, ulong idHash, in Turn turn)
    {
        TenantDefinitions definitions = turn.Definitions;
        EventType row = definitions.EventTypes.Resolve(e.Type);
        CatalogItem? item = e.ItemId.Length > 0 ? definitions.Items.Get(e.ItemId) : null;
        JournalEntry entry = _ofThread ??= new JournalEntry { Event = new StoredEvent() };
        StoredEvent stored = entry.Event;
        stored.IdHash = idHash;
        stored.Type = e.Type;
        stored.TimeMs = TimeMs(e.Time, turn.NowMs);
        stored.ItemId = item?.Id ?? e.ItemId;
        stored.Weight = row.Weight;
        stored.HalfLifeS = row.HalfLifeSeconds();
        stored.Active = IsActive(e.Kind, row);
        stored.Purchase = row.Purchase;
        stored.Spent = row.SpendsItem && e.ItemId.Length > 0;

        // Who buys says nothing of itself by it, whatever else the type does: of an act of both categories the word could not be told from the purchase.
        stored.Declared = row.Declares && !row.Purchase && !e.Imported;
        stored.Value = e.Value;
        stored.Categories = (uint)EventStripping.Categories(row);
        stored.Channel = e.Channel != FootprintEvent.Types.Channel.Unspecified ? e.Channel : e.Context?.Channel ?? default;
        stored.Source = e.Source;
        stored.Imported = e.Imported;
        stored.TraitsOnly = false;
        stored.Country = "";
        stored.Answer = null;
        stored.CampaignId = stored.LineItemId = "";
        stored.Dismissed = stored.Converted = false;
        stored.Topics.Clear();
        stored.Topics.AddRange(e.Topics);
        stored.Traits.Clear();
        stored.Traits.AddRange(e.Traits);
        if (item is not null)
        {
            AddTopics(stored, item, definitions.Items.Topics);
        }

        return entry;
    }

    /// <summary>
    /// An outcome is an event of a type of its own name. What it says of a campaign or a line item concerns no item; a dismissal
    /// and a conversion end its being shown.
    /// </summary>
    public static JournalEntry Of(Outcome outcome, ulong idHash, in Turn turn)
    {
        JournalEntry entry = Of(AsEvent(outcome), idHash, turn);

        // What became of an answer is evidence, whoever tells it.
        entry.Event.Declared = false;
        if ((outcome.CampaignId.Length > 0 || outcome.LineItemId.Length > 0) && outcome.Kind is (Outcome.Types.Kind.Dismissal or Outcome.Types.Kind.Conversion))
        {
            StoredEvent stored = entry.Event;
            (stored.CampaignId, stored.LineItemId) = (outcome.CampaignId, outcome.LineItemId);
            stored.Dismissed = outcome.Kind == Outcome.Types.Kind.Dismissal;
            stored.Converted = outcome.Kind == Outcome.Types.Kind.Conversion;
        }

        return entry;
    }

    private static FootprintEvent AsEvent(Outcome outcome) =>
        new FootprintEvent
        {
            Type = outcome.Kind switch
            {
                Outcome.Types.Kind.Impression => "impression",
                Outcome.Types.Kind.Click => "click",
                Outcome.Types.Kind.Conversion => EventTypeTable.Conversion,
                _ => "dismissal",
            },
            ItemId = outcome.ItemId,
            Time = outcome.Time,
            Imported = outcome.Imported,
        };

    private static bool IsActive(FootprintEvent.Types.Kind stated, EventType row) =>
        (stated == FootprintEvent.Types.Kind.Unspecified ? row.Kind : stated) == FootprintEvent.Types.Kind.Active;

    // The event's own word on a topic stands before its item's.
    private static void AddTopics(StoredEvent stored, CatalogItem item, NameTable names)
    {
        TopicWeight[] stated = item.Stated(names);
        int own = stored.Topics.Count;
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
