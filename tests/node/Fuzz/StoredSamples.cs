using Footprint.Grid.Core.Hashing;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Google.Protobuf;

namespace Footprint.Grid.Node.Tests.Fuzz;

/// <summary>Good stored bytes with something of everything in them, to be spoiled.</summary>
internal static class StoredSamples
{
    private const long TimeMs = 1_790_000_000_000;

    public static byte[] Checkpoint(byte[] profile) =>
        new Checkpoint { Format = 1, Checksum = XxHash64.Hash(profile), Profile = ByteString.CopyFrom(profile) }.ToByteArray();

    public static StoredProfile Profile() => new()
    {
        JournalSequence = 7,
        Version = 9,
        FirstSeenMs = TimeMs - 100_000,
        LastSeenMs = TimeMs,
        ReferenceMs = TimeMs,
        HalfLifeS = { 604_800, 2_592_000 },
        Interests =
        {
            new StoredInterest { Topic = "golf", Evidence = { 1.5, 0.25 }, PassiveCount = 3, ActiveCount = 1, Trust = Interest.Types.Trust.Inferred, LastSeenMs = TimeMs },
            new StoredInterest { Topic = "ski", Evidence = { 0.5 }, PassiveCount = 1, Trust = Interest.Types.Trust.Confirmed, TrustMs = TimeMs, LastSeenMs = TimeMs },
        },
        Traits = { new StoredTrait { Name = "age", Value = "30", Category = "demographics", Provenance = Trait.Types.Provenance.Declared, TimeMs = TimeMs, Source = "view" } },
        Counters = { Counter() },
        RecentItems = { new StoredRecentItem { ItemId = "i1", Type = "view", TimeMs = TimeMs } },
        Sessions = { new StoredSession { StartMs = TimeMs - 1000, LastMs = TimeMs, Events = 4 } },
        Money = new StoredMoney { LastPurchaseMs = TimeMs, Purchases = 1, Spent = { new Value { Amount = 12.5, Currency = "EUR" } }, Types_ = { "purchase" } },
        DeclaredMoney = new StoredMoney { LastPurchaseMs = TimeMs, Purchases = 1, Spent = { new Value { Amount = 3, Currency = "EUR" } }, Types_ = { "subscribe" } },
        Impressions = { new StoredImpression { Kind = StoredImpression.Types.Kind.Item, Key = "i1", Placement = "home", TimeMs = TimeMs } },
        AdImpressions = { new StoredImpression { Kind = StoredImpression.Types.Kind.Campaign, Key = "a", Placement = "home", TimeMs = TimeMs } },
        Consents = { Consent() },
        ConsentHistory = { Consent() },
        Aliases = { "anonymous" },
        RememberedEvents = { 1, 2, ulong.MaxValue },
        Disclosures = { Disclosed(), new StoredDisclosure { Recipient = "acme", Count = 5, Categories = 3, FirstMs = TimeMs, LastMs = TimeMs } },
    };

    /// <summary>One entry of every kind that leaves the client itself in place.</summary>
    public static List<JournalEntry> Journal()
    {
        List<JournalEntry> entries =
        [
            new() { Event = Event(1) },
            new() { Event = Event(2) },
            new() { ConsentsSet = new() { Consents = { Consent() } } },
            new() { InterestAnswered = new() { Topic = "golf", Trust = Interest.Types.Trust.Confirmed, TimeMs = TimeMs } },
            new() { Merged = new() { AnonymousId = "anonymous", Profile = Profile() } },
            new() { AdsShown = new() { Impressions = { new StoredImpression { Kind = StoredImpression.Types.Kind.LineItem, Key = "l", TimeMs = TimeMs } } } },
            new() { Disclosed = new() { Row = Disclosed() } },
            new() { Erased = new() { TimeMs = TimeMs - 1 } },
            new() { Event = Event(3) },
        ];
        for (var n = 0; n < entries.Count; n++)
        {
            entries[n].Sequence = (ulong)n + 1;
        }

        return entries;
    }

    private static StoredDisclosure Disclosed() => new()
    {
        Recipient = "acme",
        Purpose = "sharing",
        Kind = Disclosure.Types.Kind.Profile,
        Day = (uint)(TimeMs / 86_400_000),
        Count = 2,
        Categories = 65,
        FirstMs = TimeMs,
        LastMs = TimeMs,
    };

    private static StoredCounter Counter() => new()
    {
        Type = "view",
        Total = 4,
        FiveMinutes = { (uint)(TimeMs / 300_000) },
        FiveMinutesCount = { 4 },
        Hours = { (uint)(TimeMs / 3_600_000) },
        HoursCount = { 4 },
        Days = { (uint)(TimeMs / 86_400_000) },
        DaysCount = { 4 },
    };

    private static Consent Consent() => new()
    {
        Purpose = "analytics",
        Category = "*",
        Recipient = "*",
        Decision = V1.Consent.Types.Decision.Deny,
        Source = "banner",
        TextVersion = "3",
        Time = new() { Seconds = TimeMs / 1000 },
    };

    private static StoredEvent Event(ulong id) => new()
    {
        IdHash = id,
        Type = "purchase",
        TimeMs = TimeMs,
        ItemId = $"i{id}",
        Topics = { new TopicWeight { Topic = "golf", Weight = 0.5 } },
        Weight = 1,
        HalfLifeS = 604_800,
        Active = true,
        Purchase = true,
        Value = new Value { Amount = 3, Currency = "EUR" },
        Traits = { new TraitValue { Name = "age", Value = "31", Category = "demographics" } },
    };
}
