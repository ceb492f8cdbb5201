using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.V1;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf.WellKnownTypes;
using Outcome = Footprint.Grid.V1.Outcome;
using Reason = Footprint.Grid.V1.Fallback.Types.Reason;

namespace Footprint.Grid.Core.Tests.Decisions;

/// <summary>Rules of a placement, each held against the plain reading of the contract.</summary>
public sealed class PlacementRulesTests
{
    private const long MinuteMs = 60_000;
    private static readonly string[] _topics = ["golf", "tea", "chess", "opera", "ski"];

    [Fact]
    public void Pick_DiversityAndQuotas_EachPickIsTheBestThatTheRulesLeave() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var grid = new TenantWorld();
        Item[] items = Items(random, 40);
        grid.Items(items);
        ClientActor client = Fan(grid, random);
        double lambda = random.Next(3) switch { 0 => 1, 1 => 0, _ => random.NextDouble() };
        var rules = new Placement { PlacementId = "home", Diversity = random.Next(4) == 0 ? null : new Placement.Types.Diversity { Lambda = lambda } };
        lambda = rules.Diversity?.Lambda ?? 1;
        foreach (string topic in _topics.Append("").Append("nothing"))
        {
            if (random.Next(3) == 0)
            {
                rules.TopicQuotas.Add(new Placement.Types.TopicQuota { Topic = topic, Most = random.Next(4) });
            }
        }

        Dictionary<string, double> scores = grid.Pick(client, Request("other", 100)).Picks.ToDictionary(p => p.ItemId, p => p.Score);
        Define(grid, rules);
        int count = random.Next(1, 12);

        PickContentResponse response = grid.Pick(client, Request("home", count));

        Assert.All(response.Picks, p => Assert.Equal(p.Score, p.Reasons.Sum(r => r.Contribution), 1e-9));
        (double least, double most) = (scores.Values.Min(), scores.Values.Max());
        var left = items.ToDictionary(i => i.ItemId);
        var picked = new List<Item>();
        foreach (Pick pick in response.Picks)
        {
            Item[] admitted = [.. left.Values.Where(i => Admits(rules, picked, i))];
            Assert.Contains(admitted, i => i.ItemId == pick.ItemId);
            Assert.True(Value(left[pick.ItemId]) >= admitted.Max(Value) - 1e-4, $"{pick.ItemId} at {picked.Count}: {Value(left[pick.ItemId])} but {admitted.MaxBy(Value)!.ItemId} {admitted.Max(Value)}; {lambda} {rules}");
            picked.Add(left[pick.ItemId]);
            left.Remove(pick.ItemId);
        }

        Assert.True(picked.Count == count || !left.Values.Any(i => Admits(rules, picked, i)), "a place stayed empty that could be filled");

        double Value(Item item) => (lambda * (most == least ? 1 : (scores[item.ItemId] - least) / (most - least)))
            - ((1 - lambda) * picked.Select(p => Alike(p, item)).DefaultIfEmpty().Max());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Pick_RulesThatTurnAwayMostOfALargeCatalog_LeaveNoPlaceEmptyThatCouldBeFilled() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var grid = new TenantWorld();
        int dominant = random.Next(500, 1500);
        Item[] items = [.. Enumerable.Range(0, 2000).Select(i => TenantWorld.Item($"i{i:0000}", i < dominant ? ["golf"] : i % 7 == 0 ? ["golf", $"t{i % 40}"] : [$"t{i % 40}"]))];
        grid.Items(items);
        ClientActor client = TenantWorld.NewClient();
        grid.Record(client, TenantWorld.Event("e", topic: "golf"));
        var rules = new Placement { PlacementId = "home", Diversity = random.Next(2) == 0 ? null : new Placement.Types.Diversity { Lambda = random.NextDouble() } };
        rules.TopicQuotas.Add(new Placement.Types.TopicQuota { Topic = random.Next(2) == 0 ? "" : "golf", Most = random.Next(3) });
        Define(grid, rules);
        PickContentRequest request = Request("home", random.Next(1, 60));
        bool filters = random.Next(2) == 0;
        request.Filter = filters ? Struct.Parser.ParseJson("""{"itemId":{"$nin":["i1999"]}}""") : null;

        PickContentResponse response = grid.Pick(client, request);

        Item[] picked = [.. response.Picks.Select(p => items.Single(i => i.ItemId == p.ItemId))];
        Assert.Equal(picked.Length, picked.Distinct().Count());
        Assert.All(Enumerable.Range(0, picked.Length), i => Assert.True(Admits(rules, [.. picked.Where((_, other) => other != i)], picked[i])));
        Assert.True(
            picked.Length == request.Count || items.All(i => picked.Contains(i) || (filters && i.ItemId == "i1999") || !Admits(rules, [.. picked], i)),
            $"{picked.Length} of {request.Count} with {rules}");
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Theory]
    [InlineData(null)]
    [InlineData("""{"itemId":{"$ne":"nothing"}}""")]
    public void Pick_CapsUsedUpByWhatIsRetrievedFirst_OthersComeInTheirPlace(string? filter)
    {
        // Arrange: a large catalog about what the client likes; items and the topic may be shown a few times.
        var grid = new TenantWorld();
        grid.Items([.. Enumerable.Range(0, 1000).Select(i => TenantWorld.Item($"i{i}", i < 950 ? "golf" : "tea"))]);
        ClientActor client = TenantWorld.NewClient();
        grid.Record(client, TenantWorld.Event("e", topic: "golf"));
        var cap = new FrequencyCap { Count = 1, Window = Duration.FromTimeSpan(TimeSpan.FromHours(1)) };
        var topic = new Placement.Types.TopicCap { Topic = "golf", Cap = new FrequencyCap { Count = 150, Window = cap.Window } };
        Define(grid, new Placement { PlacementId = "home", ItemCaps = { cap }, TopicCaps = { topic } });
        PickContentRequest request = Request("home", 10);
        request.Filter = filter is null ? null : Struct.Parser.ParseJson(filter);

        // Act: until the topic is used up, and a few more.
        string[][] picks = [.. Enumerable.Range(0, 19).Select(_ => grid.Pick(client, request).Picks.Select(p => p.ItemId).ToArray())];

        Assert.All(picks, p => Assert.Equal(10, p.Length));
        Assert.Equal(190, picks.SelectMany(p => p).Distinct().Count());
    }

    [Fact]
    public void Pick_MostOfTheCatalogIsOver_TheRestIsFound()
    {
        var grid = new TenantWorld();
        grid.Items([.. Enumerable.Range(0, 1000).Select(i =>
        {
            Item item = TenantWorld.Item($"i{i}");
            item.ExpireTime = i < 990 ? TenantWorld.At(TenantWorld.Now - 1) : null;
            return item;
        })]);

        Assert.Equal(10, grid.Pick(TenantWorld.NewClient(), Request("home", 10)).Picks.Count);
    }

    [Fact]
    public void Pick_ItemAndTopicCaps_HoldInEveryWindowAndHideNothingElse() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var grid = new TenantWorld();
        Item[] items = Items(random, 12);
        grid.Items(items);
        ClientActor client = Fan(grid, random);
        var rules = new Placement { PlacementId = "home" };
        FrequencyCap item = Cap(random);
        var topic = new Placement.Types.TopicCap { Topic = random.Next(2) == 0 ? "golf" : "", Cap = Cap(random) };
        rules.ItemCaps.Add(item);
        rules.TopicCaps.Add(topic);
        Define(grid, rules);
        var shown = new List<(Item Item, long TimeMs)>();
        long now = TenantWorld.Now;
        for (int i = 0; i < 25; i++)
        {
            now += random.Next(4) * MinuteMs;
            int count = random.Next(1, 5);
            var response = new PickContentResponse();
            string placement = random.Next(5) == 0 ? "elsewhere" : "home";
            client.PickContent(grid.Turn(now), Request(placement, count), response);
            if (placement != "home")
            {
                continue;
            }

            foreach (Pick pick in response.Picks)
            {
                Item one = items.Single(x => x.ItemId == pick.ItemId);
                Assert.True(Admitted(one), $"{one.ItemId} was shown once more");
                shown.Add((one, now));
            }

            Assert.True(
                response.Picks.Count == count || !items.Any(x => response.Picks.All(p => p.ItemId != x.ItemId) && Admitted(x)),
                "an item was withheld that no cap holds back");

            bool Admitted(Item one) => shown.Count(s => s.Item == one && In(s.TimeMs, item)) < item.Count
                && one.Topics.Where(t => topic.Topic is "" || topic.Topic == t.Topic)
                    .All(t => shown.Count(s => In(s.TimeMs, topic.Cap) && s.Item.Topics.Any(o => o.Topic == t.Topic)) < topic.Cap.Count);

            bool In(long timeMs, FrequencyCap cap) => timeMs > now - (cap.Window.Seconds * 1000);
        }

        Assert.Equal(ProfileCodec.Save(client.Profile).AdImpressions, ProfileCodec.Save(grid.Replay(client).Profile).AdImpressions);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Pick_ClientInTheHoldout_IsAnsweredAsNobodyAndItsOutcomesAreMarked()
    {
        var grid = new TenantWorld();
        grid.Items(TenantWorld.Item("i1", "golf"), TenantWorld.Item("i2", "tea"));
        Define(grid, new Placement { PlacementId = "home", Holdout = new Placement.Types.Holdout { Share = 0.3 } });
        grid.Definitions = grid.Definitions with { Campaigns = grid.Definitions.Campaigns.With([new Campaign { CampaignId = "ad", Bid = 1 }]) };
        int held = 0;
        for (int i = 0; i < 400; i++)
        {
            ClientActor client = TenantWorld.NewClient($"client-{i}");
            grid.Record(client, TenantWorld.Event($"e{i}", topic: "tea"));
            PickContentResponse picks = grid.Pick(client, new PickContentRequest { ClientId = client.Key.ClientId, Placement = "home" });
            var ads = new TargetAdsResponse();
            client.TargetAds(grid.Turn(), new TargetAdsRequest { ClientId = client.Key.ClientId, Placement = "home", Explain = true }, ads);
            var result = new RecordResult();
            client.ReportOutcome(grid.Turn(), new Outcome { OutcomeId = $"o{i}", DecisionId = picks.DecisionId, ItemId = "i1", Kind = Outcome.Types.Kind.Click, Time = TenantWorld.At(TenantWorld.Now) }, result);

            bool isHeld = picks.Fallback == Reason.Holdout;
            held += isHeld ? 1 : 0;
            Assert.Equal(isHeld, !picks.Personalized);
            Assert.Equal(isHeld, picks.Picks.All(p => p.Reasons.All(r => r.Kind != Footprint.Grid.V1.Reason.Types.Kind.Interest)));
            Assert.Equal(isHeld, ads.Fallback == Reason.Holdout);
            Assert.Equal(isHeld, ads.Picks.Count == 0);
            Assert.Equal(isHeld, ads.Refusals.Any(r => r.Cause == TargetAdsResponse.Types.Refusal.Types.Cause.Holdout));
            Assert.Equal(isHeld, result.Holdout);
        }

        Assert.InRange(held, 80, 160);
    }

    private static void Define(TenantWorld grid, Placement placement) =>
        grid.Definitions = grid.Definitions with { Placements = grid.Definitions.Placements.With([placement]) };

    private static PickContentRequest Request(string placement, int count) => new() { ClientId = "c", Placement = placement, Count = count };

    private static ClientActor Fan(TenantWorld grid, Random random)
    {
        ClientActor client = TenantWorld.NewClient();
        for (int i = 0; i < 5; i++)
        {
            grid.Record(client, TenantWorld.Event($"e{i}", topic: _topics[random.Next(5)], minutesAgo: random.Next(1000)));
        }

        return client;
    }

    private static Item[] Items(Random random, int count) => [.. Enumerable.Range(0, count).Select(i =>
    {
        var item = new Item { ItemId = $"i{i:00}" };
        foreach (string topic in _topics.Where(_ => random.Next(3) == 0))
        {
            item.Topics.Add(new TopicWeight { Topic = topic, Weight = random.Next(1, 4) });
        }

        return item;
    })];

    private static FrequencyCap Cap(Random random) =>
        new() { Count = random.Next(1, 4), Window = Duration.FromTimeSpan(TimeSpan.FromMinutes(random.Next(1, 12))) };

    private static bool Admits(Placement rules, List<Item> picked, Item item) => item.Topics.All(t =>
    {
        Placement.Types.TopicQuota? quota = rules.TopicQuotas.FirstOrDefault(q => q.Topic == t.Topic) ?? rules.TopicQuotas.FirstOrDefault(q => q.Topic == "");
        return quota is null || picked.Count(p => p.Topics.Any(o => o.Topic == t.Topic)) < quota.Most;
    });

    private static double Alike(Item a, Item b) => a.Topics.Sum(t => Math.Min(Share(a, t.Topic), Share(b, t.Topic)));

    private static double Share(Item item, string topic) =>
        item.Topics.Where(t => t.Topic == topic).Sum(t => t.Weight) / Math.Max(1, item.Topics.Sum(t => t.Weight));
}
