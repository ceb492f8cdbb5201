using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Core.Learning;
using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.Engine;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Footprint.Grid.Core.Tests.Privacy;

/// <summary>Where twins live: items, ads whose conditions ask for every kind of fact, and knowledge of what goes with what.</summary>
internal static class TwinWorld
{
    private static readonly string[] _conditions =
    [
        """{"interests.golf":{"$gt":1}}""",
        """{"interests.ski":{"$exists":true}}""",
        """{"traits.trait0":{"$exists":true}}""",
        """{"traits.trait1":{"$in":["1","2"]}}""",
        """{"counters.view.total":{"$gte":2}}""",
        """{"counters.purchase.last30Days":{"$gte":1}}""",
        """{"counters.declare.total":{"$gte":1}}""",
        """{"money.purchases":{"$gte":1}}""",
        """{"money.spent.EUR":{"$gt":200}}""",
        """{"daysSinceLastSeen":{"$lt":20}}""",
        """{"session.events":{"$gte":1}}""",
        .. Enumerable.Range(0, 11).Select(i => $"{{\"segments\":{{\"$in\":[\"s{i:00}\"]}}}}"),
        """{"segments":{"$in":["not00","not02","not04","not06"]}}""",
    ];

    /// <summary>How many items there are that no act is about, so that nothing keeps them from anybody.</summary>
    public const int Untouched = 3;

    /// <summary>Topics that only some acts of twins are about, all of them alike: more than retrieval follows.</summary>
    public static readonly string[] Tied = [.. Enumerable.Range(0, 8).Select(i => $"tied{i}")];

    /// <summary>A campaign for everybody.</summary>
    public const string Plain = "plain";

    /// <summary>The known id of the other twin, where its differs.</summary>
    public const string Other = "other-twin";

    private const string Named = """{"clientId":{"$regex":"^other"}}""";

    /// <summary>A type whose acts both buy and declare.</summary>
    public static EventType Subscribe { get; } = new()
    {
        Type = "subscribe",
        Weight = 5,
        HalfLife = Duration.FromTimeSpan(TimeSpan.FromDays(30)),
        Kind = FootprintEvent.Types.Kind.Active,
        Purchase = true,
        Declares = true,
    };

    /// <summary>One more type whose acts buy, and one whose acts declare.</summary>
    public static EventType Order { get; } = new() { Type = "order", Weight = 6, HalfLife = Subscribe.HalfLife, Kind = FootprintEvent.Types.Kind.Passive, Purchase = true };

    public static EventType Tell { get; } = new() { Type = "tell", Weight = 8, HalfLife = Subscribe.HalfLife, Kind = FootprintEvent.Types.Kind.Active, Declares = true };

    public static TenantDefinitions Definitions { get; } = Build();

    /// <summary>The same questions as whoever asks would write them, and whether it is the other twin.</summary>
    public static IReadOnlyList<LineItem> Lines { get; } = [.. _conditions.Append(Named).Select((condition, i) => new LineItem
    {
        LineItemId = $"line{i:00}",
        Bid = 1,
        Targeting = JsonParser.Default.Parse<Struct>(condition),
    })];

    public static KnowledgeSnapshot Knowledge { get; } = Taught();

    public static string Name(DataCategories category) => category.ToString().ToLowerInvariant();

    private static TenantDefinitions Build()
    {
        string[] topics = ["golf", "ski", "chess", "opera"];
        var definitions = new TenantDefinitions("t", ConsentRegime.OptOut);
        var items = Enumerable.Range(0, 12).Select(i => TenantWorld.Item($"i{i}", topics[i % 4], topics[i * 3 % 4 == i % 4 ? (i + 1) % 4 : i * 3 % 4]));
        var ads = _conditions.Select((condition, i) => new Campaign
        {
            CampaignId = $"ad{i:00}",
            Bid = 1,
            Targeting = JsonParser.Default.Parse<Struct>(condition),
            Topics = { new TopicWeight { Topic = topics[i % 4], Weight = 1 } },
            SegmentWeights = { new SegmentWeight { SegmentId = $"s{i % 11:00}", Weight = 1 }, new SegmentWeight { SegmentId = $"not{i % 11:00}", Weight = 0.5 } },
        });
        var cap = new FrequencyCap { Count = 1, Window = Duration.FromTimeSpan(TimeSpan.FromDays(30)) };
        var capped = Enumerable.Range(0, 4).Select(i => new Campaign { CampaignId = $"capped{i}", Bid = 1, FrequencyCaps = { cap } });

        // One segment on every kind of fact, one on the absence of each, too: what is missing must not tell anything.
        var segments = _conditions.Take(11).SelectMany((condition, i) => new[]
        {
            new Segment { SegmentId = $"s{i:00}", Condition = JsonParser.Default.Parse<Struct>(condition) },
            new Segment { SegmentId = $"not{i:00}", Condition = JsonParser.Default.Parse<Struct>("{\"$not\":" + condition + "}") },
        });
        definitions = definitions with { EventTypes = definitions.EventTypes.With([Subscribe, Order, Tell]) };
        definitions = definitions with { Segments = definitions.Segments.With([.. segments]) };
        var probe = new Probe { ProbeId = "ask", Topics = { "*" }, LeastEvidence = 0.01, Placements = { "home" } };
        probe.Texts.Add(new ProbeText { Language = "en", Question = "Do you follow {topic}?" });
        definitions = definitions with { Probes = definitions.Probes.With([probe]) };
        return definitions with
        {
            Items = definitions.Items.With([.. Fillers(0), .. items, .. Tied.SelectMany(t => new[] { TenantWorld.Item(t + "a", t), TenantWorld.Item(t + "b", t) }), .. Fillers(1), .. Enumerable.Range(0, Untouched).Select(i => TenantWorld.Item($"untouched{i}", topics[i]))]),
            Campaigns = definitions.Campaigns.With([.. ads, .. capped, new Campaign { CampaignId = Plain, Bid = 1 }, new Campaign { CampaignId = "named", Bid = 1, Targeting = JsonParser.Default.Parse<Struct>(Named) }]),
            Placements = definitions.Placements.With(
            [
                new Placement { PlacementId = "home", Learning = Placement.Types.Learning.Explore, LearningSegments = { "s07", "not02", "s04" } },
                new Placement { PlacementId = "top", Learning = Placement.Types.Learning.Explore },
                new Placement { PlacementId = "items", ItemCaps = { cap } },
                new Placement { PlacementId = "topics", TopicCaps = { new Placement.Types.TopicCap { Topic = "golf", Cap = cap } } },
            ]),
        };
    }

    // First and last, so that items about topics are neither among those that come up anyway nor among the newest.
    private static IEnumerable<Item> Fillers(int part) => Enumerable.Range(0, 120).Select(i => TenantWorld.Item($"filler{part}{i:000}", "other"));

    private static KnowledgeSnapshot Taught()
    {
        var world = new TenantWorld { Definitions = Definitions };
        for (int i = 0; i < 40; i++)
        {
            ClientActor visitor = TenantWorld.NewClient($"v{i}");
            for (int e = 0; e < 5; e++)
            {
                world.Record(visitor, TenantWorld.Event($"{i}/{e}", item: $"i{((i * 7) + (e * e)) % 12}", minutesAgo: 100 - e));
            }
        }

        // Some items are liked by everybody and some ads by nobody, so that chances can be told, and are called calibrated.
        for (int i = 0; i < 500; i++)
        {
            ClientActor visitor = TenantWorld.NewClient($"w{i}");
            PickContentResponse content = world.Pick(visitor, new PickContentRequest { ClientId = "w", Placement = "home", Count = 12, Candidates = { Enumerable.Range(0, 12).Select(n => $"i{n}") } });
            foreach (string item in content.Picks.Select(p => p.ItemId).Where(id => id is "i1" or "i2" or "i3" or "i4"))
            {
                Click(world, visitor, new Outcome { OutcomeId = $"{i}/{item}", DecisionId = content.DecisionId, ItemId = item });
            }

            if (i % 5 == 0)
            {
                var ads = new TargetAdsResponse();
                visitor.TargetAds(world.Turn(), new TargetAdsRequest { ClientId = "w", Placement = "top", Count = 40 }, ads);
                Click(world, visitor, new Outcome { OutcomeId = $"{i}", DecisionId = ads.DecisionId, CampaignId = Plain });
                world.Learn();
            }
        }

        return world.Knowledge;
    }

    private static void Click(TenantWorld world, ClientActor visitor, Outcome outcome)
    {
        (outcome.ClientId, outcome.Kind, outcome.Time) = ("w", Outcome.Types.Kind.Click, TenantWorld.At(TenantWorld.Now));
        visitor.ReportOutcome(world.Turn(), outcome, new RecordResult());
    }

    internal sealed class Journal : IJournal
    {
        public void Append(ClientKey client, JournalEntry entry)
        {
        }
    }

    /// <param name="taught">Gets what is taught about items.</param>
    /// <param name="counted">Gets what counts in reports.</param>
    internal sealed class Learning(List<string> taught, List<string> counted) : ILearning
    {
        public void Observe(string tenant, in ItemObservation observation) =>
            taught.Add($"{observation.ItemId} {observation.TimeMs} {observation.Weight} after {string.Join(' ', observation.Previous.ToArray())}");

        public void Observe(string tenant, ReadOnlySpan<PickObservation> picks)
        {
            foreach (PickObservation pick in picks)
            {
                taught.Add(pick.ToString());
            }
        }

        public void Observe(string tenant, StoredProbeCount difference) => counted.Add(difference.ToString());

        public void Observe(string tenant, StoredSegmentCount difference) => counted.Add(difference.ToString());
    }
}
