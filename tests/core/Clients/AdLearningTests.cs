using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Learning;
using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;
using Mode = Footprint.Grid.V1.Placement.Types.Learning;

namespace Footprint.Grid.Core.Tests.Clients;

/// <summary>What outcomes of ads teach, in worlds where it is known how often each is responded to.</summary>
public sealed class AdLearningTests
{
    private const string Top = "top";
    private readonly TenantWorld _grid = new();
    private readonly ClientActor[] _clients = [.. Enumerable.Range(0, 200).Select(n => TenantWorld.NewClient($"v{n}"))];
    private int _outcomes;
    private int _next;

    public AdLearningTests()
    {
        for (int n = 0; n < _clients.Length; n++)
        {
            _grid.Record(_clients[n], TenantWorld.Event($"e{n}"));
        }

        Define(Mode.Explore);
    }

    /// <summary>The one that is first by its id is responded to half as often as is stated; another twice as often; a late one three times.</summary>
    [Fact]
    public void Ads_TrueRatesDiffer_TheBestWinsAndSoDoesABetterOneThatComesLater()
    {
        var random = new Random(7);
        var truth = new Dictionary<string, double> { ["a"] = 0.005, ["b"] = 0.02, ["c"] = 0.03 };
        Campaigns("a", "b");
        Dictionary<string, int> early = Play(truth, random, 6000);
        Campaigns("c");
        double fresh = Response("c");
        Dictionary<string, int> late = Play(truth, random, 12_000);

        Assert.InRange(early["b"] / (double)early.Values.Sum(), 0.8, 1);
        Assert.InRange(late["c"] / (double)late.Values.Sum(), 0.6, 1);
        Assert.InRange(Response("a"), 0.002, 0.012);
        Assert.InRange(fresh, Response("a"), 0.03);
    }

    [Fact]
    public void Response_NewCampaignWithOneClickOrNone_IsNeitherBlownUpNorBuried()
    {
        Campaigns("old");
        Teach("old", shown: 1000, clicked: 20);
        Campaigns("lucky", "unlucky", "unseen");
        Teach("lucky", shown: 1, clicked: 1);
        Teach("unlucky", shown: 30, clicked: 0);
        double unseen = Response("unseen");

        Assert.InRange(Response("old"), 0.017, 0.022);
        Assert.InRange(unseen, 0.01, 0.022);
        Assert.InRange(Response("lucky"), unseen, 1.8 * unseen);
        Assert.InRange(Response("unlucky"), 0.6 * unseen, unseen);
    }

    [Fact]
    public void Response_PlacementsAndChannelsDiffer_EachHasItsOwnDrawnToTheCampaigns()
    {
        Campaigns("a");
        Teach("a", shown: 1500, clicked: 60, channel: FootprintEvent.Types.Channel.App);
        Teach("a", shown: 1500, clicked: 5, channel: FootprintEvent.Types.Channel.Web);

        Assert.True(Response("a", FootprintEvent.Types.Channel.App) > 2 * Response("a", FootprintEvent.Types.Channel.Web));
        Assert.InRange(Response("a"), Response("a", FootprintEvent.Types.Channel.Web), Response("a", FootprintEvent.Types.Channel.App));
        Assert.Equal(0.01, Ad(_clients[0], FootprintEvent.Types.Channel.Web, "elsewhere", "a").Picks[0].PredictedResponse, 1e-9);
    }

    [Fact]
    public void Response_PlacementDoesNotLearnOrNobodyReports_IsWhatIsStated()
    {
        Campaigns("a");
        Teach("a", shown: 500, clicked: 5);
        Assert.Equal(0.01, Response("a"), 1e-9);

        Teach("a", shown: 500, clicked: 20);
        Assert.NotEqual(0.01, Response("a"), 1e-3);
        Define(Mode.Off);
        Assert.Equal(0.01, Response("a"), 1e-9);
    }

    [Fact]
    public void Percent_WhereResponsesAreLearned_IsTheResponse()
    {
        Campaigns("clicked", "seen");
        Assert.Equal(50, Percent("clicked"));

        Teach("clicked", shown: 400, clicked: 120);
        Teach("seen", shown: 400, clicked: 4);

        Assert.InRange(Percent("clicked"), 20, 32);
        Assert.InRange(Percent("seen"), 0, 2);
        Define(Mode.Off);
        Assert.Equal(50, Percent("clicked"));
    }

    private int Percent(string campaign)
    {
        AdPick pick = Ad(_clients[0], campaign).Picks[0];
        Assert.False(pick.Calibrated);
        return pick.MatchPercent;
    }

    [Fact]
    public void Ads_Exploring_ScoresAreTheSumsOfTheirReasons()
    {
        Campaigns("a", "b");
        Teach("a", shown: 300, clicked: 12);

        AdPick[] picks = [.. Enumerable.Range(0, 20).SelectMany(_ => Ad(_clients[0], "a", "b").Picks)];

        Assert.All(picks, p => Assert.Equal(p.Score, p.Reasons.Aggregate(0.0, (sum, r) => sum + r.Contribution)));
        Assert.All(picks, p => Assert.Contains(p.Reasons, r => r.Kind == Reason.Types.Kind.Learned));
        Assert.Contains(picks, p => p.Reasons.Any(r => r.Kind == Reason.Types.Kind.Explored && r.Contribution < 0));
        Assert.Contains(picks, p => p.Reasons.Any(r => r.Kind == Reason.Types.Kind.Explored && r.Contribution > 0));
    }

    [Fact]
    public void Erase_WhatItsRememberedAdsTaught_LeavesTheSharedSums()
    {
        Campaigns("a");
        Teach("a", shown: 300, clicked: 12);
        ClientActor client = TenantWorld.NewClient("gone");
        _grid.Record(client, TenantWorld.Event("gone"));
        (double Stated, double Liked) before = Sums("a");
        Click(client, Ad(client, "a"));
        Ad(client, "a");
        (double Stated, double Liked) between = Sums("a");
        client = ClientActor.Load(client.Key, client.Checkpoint(), []);
        client.Erase(_grid.Turn());

        Assert.Equal((before.Stated + 0.02, before.Liked + 1), (between.Stated, Math.Round(between.Liked, 4)), (x, y) => Near(x.Item1, y.Item1) && Near(x.Item2, y.Item2));
        Assert.Equal(before, Sums("a"), (x, y) => Near(x.Stated, y.Stated) && Near(x.Liked, y.Liked));
    }

    [Fact]
    public void Outcome_MeasurementOrAnalyticsDenied_TeachesNothing()
    {
        Campaigns("a");
        _grid.Consent(_clients[0], "measurement", Decision.Deny);
        _grid.Consent(_clients[1], "analytics", Decision.Deny);
        Click(_clients[0], Ad(_clients[0], "a"));
        Click(_clients[1], Ad(_clients[1], "a"));

        Assert.Equal((0.01, 0), Sums("a"), (x, y) => Near(x.Item1, y.Item1) && Near(x.Item2, y.Item2));
    }

    [Fact]
    public void Deltas_OfManyProcesses_TeachWhatOneProcessLearns()
    {
        var alone = new KnowledgeBase();
        var together = new KnowledgeBase();
        KnowledgeGatherer[] silos = [new(), new(), new()];
        var random = new Random(3);
        for (int n = 0; n < 900; n++)
        {
            var shown = new PickObservation(
                AdKey.Of(Top), AdKey.Of($"c{n % 4}"), TenantWorld.Now - random.NextInt64(1_000_000_000), 0, 0.01f, 0.01f, IsShown: true, 0, 0, 0);
            PickObservation[] observed = random.Next(20) == 0 ? [shown, shown with { IsShown = false, Liked = 1, Worth = 1, Reward = 1 }] : [shown];
            alone.Observe(observed);
            silos[random.Next(3)].Observe(observed);
        }

        ulong entry = 0;
        foreach (KnowledgeGatherer silo in silos)
        {
            silo.Gather();
            for (int shard = 0; shard < KnowledgeGatherer.Shards; shard++)
            {
                while (silo.Take(shard, "silo", 1, TenantWorld.Now) is { } delta)
                {
                    Assert.All(delta.Items.Where(i => i.ItemId.StartsWith('\n')), i => Assert.Equal(AdKey.Of(Top), i.ItemId[1..]));
                    together.Apply(delta, ++entry);
                }
            }
        }

        AdRates expected = alone.Publish(_grid.Definitions.Items, TenantWorld.Now).Ads;
        KnowledgeBase[] copies = [together, KnowledgeBase.Load(alone.Save())];
        Assert.All(copies.Select(c => c.Publish(_grid.Definitions.Items, TenantWorld.Now).Ads), actual =>
            Assert.All(Enumerable.Range(0, 4), c => Assert.Equal(expected.Of($"c{c}", Top, 0).Mean, actual.Of($"c{c}", Top, 0).Mean, 1e-4)));
        Assert.NotEqual(1, expected.Of("c0", Top, 0).Mean);
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-3;

    private void Define(Mode learning) => _grid.Definitions = _grid.Definitions with
    {
        Placements = _grid.Definitions.Placements.With([new Placement { PlacementId = Top, Learning = learning }, new Placement { PlacementId = "elsewhere", Learning = learning }]),
    };

    private void Campaigns(params string[] ids) =>
        _grid.Definitions = _grid.Definitions with { Campaigns = _grid.Definitions.Campaigns.With([.. ids.Select(id => new Campaign { CampaignId = id, Bid = 1 })]) };

    // How often each was shown in the last third.
    private Dictionary<string, int> Play(Dictionary<string, double> truth, Random random, int rounds)
    {
        var shown = truth.Keys.ToDictionary(id => id, _ => 0);
        for (int round = 0; round < rounds; round++)
        {
            ClientActor client = Next();
            TargetAdsResponse ads = Ad(client);
            string id = ads.Picks[0].CampaignId;
            shown[id] += round >= rounds * 2 / 3 ? 1 : 0;
            if (random.NextDouble() < truth[id])
            {
                Click(client, ads);
            }

            if (round % 50 == 0)
            {
                _grid.Learn();
            }
        }

        _grid.Learn();
        return shown;
    }

    private void Teach(string campaign, int shown, int clicked, FootprintEvent.Types.Channel channel = FootprintEvent.Types.Channel.Web)
    {
        for (int n = 0; n < shown; n++)
        {
            ClientActor client = Next();
            TargetAdsResponse ads = Ad(client, channel, Top, campaign);
            if (n < clicked)
            {
                Click(client, ads);
            }
        }

        _grid.Learn();
    }

    private ClientActor Next() => _clients[_next++ % _clients.Length];

    private double Response(string campaign, FootprintEvent.Types.Channel channel = FootprintEvent.Types.Channel.Web) =>
        Ad(_clients[0], channel, Top, campaign).Picks[0].PredictedResponse;

    private TargetAdsResponse Ad(ClientActor client, params string[] campaigns) => Ad(client, FootprintEvent.Types.Channel.Web, Top, campaigns);

    private TargetAdsResponse Ad(ClientActor client, FootprintEvent.Types.Channel channel, string placement, params string[] campaigns)
    {
        var response = new TargetAdsResponse();
        client.TargetAds(_grid.Turn(), new TargetAdsRequest { Placement = placement, Campaigns = { campaigns }, Context = new Context { Channel = channel } }, response);
        return response;
    }

    private void Click(ClientActor client, TargetAdsResponse ads)
    {
        var click = new Outcome
        {
            OutcomeId = $"o{_outcomes++}",
            DecisionId = ads.DecisionId,
            CampaignId = ads.Picks[0].CampaignId,
            Kind = Outcome.Types.Kind.Click,
            Time = TenantWorld.At(TenantWorld.Now),
        };
        client.ReportOutcome(_grid.Turn(), click, new RecordResult());
    }

    private (double Stated, double Liked) Sums(string campaign)
    {
        _grid.Learn();
        StoredKnowledge stored = StoredKnowledge.Parser.ParseFrom(_grid.Learner.Save());
        double decay = double.Exp2((stored.OutcomeReferenceMs - TenantWorld.Now) / EraDecay.OfOutcomes.HalfLifeMs);
        StoredOutcomes? rows = stored.Items.SingleOrDefault(i => i.ItemId == AdKey.Of(campaign))?.Outcomes.Single();
        return rows is null ? default : (rows.Sums[ItemLayout.StatedOfAd] * decay, rows.Sums[ItemLayout.Liked] * decay);
    }
}
