using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Hashing;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using FsCheck;
using FsCheck.Fluent;

namespace Footprint.Grid.Core.Tests.Profiles;

/// <summary>Random acts of a client, few enough kinds of each thing that no bound evicts.</summary>
internal static class Acts
{
    public const long Start = 1_760_000_000_000;
    private const long HourMs = 3_600_000;
    private static readonly string[] _types = ["view", "click", "like", "purchase", "dislike"];
    private static readonly double[] _weights = [1, 2, 5, 6, -5];
    private static readonly long[] _visitHours = [0, 30, 24 * 40, 24 * 700];
    private static readonly DataCategories[] _categories =
        [DataCategories.Behaviour, DataCategories.Behaviour, DataCategories.Behaviour, DataCategories.Purchases, DataCategories.Behaviour];

    private static readonly double[] _halfLivesDays = [14, 14, 90, 90, 0.5];

    /// <summary>Up to sixty acts on four visits of an hour each within two years.</summary>
    public static Gen<StoredEvent[]> Any { get; } =
        from count in Gen.Choose(0, 60)
        from acts in Gen.ArrayOf(One, count)
        select Numbered(acts);

    public static Arbitrary<StoredEvent[]> Arbitrary { get; } = Any.ToArbitrary();

    private static Gen<StoredEvent> One { get; } =
        from kind in Gen.Choose(0, _types.Length - 1)
        from topic in Gen.Choose(0, 11)
        from second in Gen.Choose(0, 11)
        from item in Gen.Choose(0, 30)
        from visit in Gen.Choose(0, 3)
        from minute in Gen.Choose(0, 59)
        from amount in Gen.Choose(0, 10_000)
        select Event(kind, topic, second, item, Start + (_visitHours[visit] * HourMs) + (minute * 60_000), amount);

    public static ClientProfile Profile(IEnumerable<StoredEvent> acts)
    {
        var profile = new ClientProfile();
        foreach (StoredEvent act in acts)
        {
            profile.Apply(new JournalEntry { Sequence = profile.JournalSequence + 1, Event = act });
        }

        return profile;
    }

    public static StoredEvent Event(int kind, int topic, int second, int item, long timeMs, int amount)
    {
        var e = new StoredEvent
        {
            Type = _types[kind],
            TimeMs = timeMs,
            ItemId = item == 0 ? "" : $"i{item}",
            Weight = _weights[kind],
            HalfLifeS = _halfLivesDays[kind] * 86_400,
            Active = kind is 2 or 4,
            Purchase = kind == 3,
            Categories = (uint)(amount % 11 == 0 ? DataCategories.Purchases | DataCategories.Declared : _categories[kind]),
            Channel = (FootprintEvent.Types.Channel)(amount % 4),
            Source = amount % 3 == 0 ? $"system{amount % 2}" : "",
            Imported = amount % 7 == 0,
            Value = new Value { Amount = amount / 100.0, Currency = amount % 2 == 0 ? "EUR" : "USD" },
            Topics = { new TopicWeight { Topic = $"t{topic}", Weight = 1 + (amount % 7) } },
        };
        if (second != topic)
        {
            e.Topics.Add(new TopicWeight { Topic = $"t{second}", Weight = 0.5 });
        }

        if (amount % 5 == 0)
        {
            e.Traits.Add(new TraitValue { Name = $"trait{amount % 3}", Value = $"v{amount}", Category = amount % 2 == 0 ? "location" : "contact" });
        }

        return e;
    }

    private static StoredEvent[] Numbered(StoredEvent[] acts)
    {
        // FsCheck may hand out the same act twice, so each gets an id, and so a copy, of its own.
        return [.. acts.Select((a, i) =>
        {
            StoredEvent copy = a.Clone();
            copy.IdHash = XxHash64.Hash($"{i}/{a}");
            return copy;
        })];
    }
}
