using Footprint.Grid.Core.Campaigns;
using Footprint.Grid.Core.Conditions;
using Footprint.Grid.V1;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Cause = Footprint.Grid.V1.TargetAdsResponse.Types.Refusal.Types.Cause;

namespace Footprint.Grid.Core.Tests.Campaigns;

public class AdTargetingTests
{
    private const long Now = 1_800_000_000_000;

    [Fact]
    public void Target_OfAnyAds_TakesTheBestOfAllInOrder()
    {
        Prop.ForAll(Cases.ToArbitrary(), c =>
        {
            TargetAdsResponse few = Target(c.Client, c.Set, new TargetAdsRequest { Placement = "p", Count = c.Count, Context = c.Context });
            TargetAdsResponse all = Target(c.Client, c.Set, new TargetAdsRequest { Placement = "p", Count = 100, Context = c.Context });
            List<AdPick> best = all.Picks.OrderByDescending(p => p.Score).ThenByDescending(p => p.PredictedResponse).ThenBy(p => p.CampaignId, StringComparer.Ordinal).ToList();
            return all.Picks.Count == c.Set.Count && best.Take(c.Count).SequenceEqual(few.Picks);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Target_OfAnyAds_GivesReasonsThatAddUpExactly()
    {
        Prop.ForAll(Cases.ToArbitrary(), c =>
        {
            TargetAdsResponse response = Target(c.Client, c.Set, new TargetAdsRequest { Placement = "p", Count = 100, Context = c.Context });
            return response.Picks.All(p => double.IsFinite(p.Score)
                && p.Score == p.Reasons.Aggregate(0.0, (sum, reason) => sum + reason.Contribution)
                && p.Reasons.All(r => r.Contribution != 0 && r.Key.Length == 0 == (r.Kind == Reason.Types.Kind.Bid))
                && Math.Abs(p.Score - (p.Bid * p.PredictedResponse)) <= 1e-9 * Math.Max(1, p.Bid)
                && p.PredictedResponse is > 0 and < 1 && p.MatchPercent is >= 0 and <= 100 && !p.Calibrated);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Target_OfOneAd_ScoresAsTheFormulaSays()
    {
        var client = new FakeClient { Likes = { ["golf"] = 3, ["war"] = -1 } };
        CampaignSet set = CampaignSet.Empty.With([new Campaign { CampaignId = "a", Bid = 4, Topics = { Topic("golf", 3), Topic("war", 1) } }]);
        var request = new TargetAdsRequest { Placement = "p", Context = new Context { Topics = { Topic("golf", 1) } } };

        AdPick pick = Assert.Single(Target(client, set, request).Picks);

        // z = 1.125 + 0.375 - 0.25; every part of it gets as much of what it adds to the bid's worth.
        double response = 1 / (1 + (99 * Math.Exp(-1.25)));
        double scale = 4 * (response - 0.01) / 1.25;
        Assert.Equal(
            [(Reason.Types.Kind.Bid, "", 0.04), (Reason.Types.Kind.Interest, "golf", Exact(1.125 * scale)), (Reason.Types.Kind.Context, "golf", Exact(0.375 * scale)), (Reason.Types.Kind.Interest, "war", Exact(-0.25 * scale))],
            pick.Reasons.Select(r => (r.Kind, r.Key, Exact(r.Contribution))));
        Assert.Equal(response, pick.PredictedResponse, 1e-12);
        Assert.Equal(4 * response, pick.Score, 1e-12);
        Assert.Equal(78, pick.MatchPercent);
        Assert.Equal(4, pick.Bid);
    }

    [Fact]
    public void Target_WithNobodyKnown_IsContextualAndUncapped()
    {
        var cap = new FrequencyCap { Count = 1, Window = new Duration { Seconds = 60 } };
        CampaignSet set = CampaignSet.Empty.With(
            [new Campaign { CampaignId = "a", Bid = 1, Topics = { Topic("golf", 1) }, FrequencyCaps = { cap } }, new Campaign { CampaignId = "b", Bid = 1 }]);
        var request = new TargetAdsRequest { Placement = "p", Count = 2, Context = new Context { Topics = { Topic("golf", 1) } } };
        var response = new TargetAdsResponse();

        AdTargeting.Target(new AdAudience(Now, AttributeDocument.Empty, null, null), set, request, response);

        Assert.Equal(["a", "b"], response.Picks.Select(p => p.CampaignId));
        Assert.Equal([Reason.Types.Kind.Bid, Reason.Types.Kind.Context], response.Picks[0].Reasons.Select(r => r.Kind));
        Assert.Equal(50, response.Picks[1].MatchPercent);
    }

    [Fact]
    public void Target_WithEqualScores_OrdersByIdAndACampaignFirst()
    {
        CampaignSet set = CampaignSet.Empty.With([new Campaign { CampaignId = "b" }, new Campaign { CampaignId = "a" }]);
        var request = new TargetAdsRequest
        {
            Placement = "p",
            Count = 9,
            Campaigns = { "b", "a", "b" },
            LineItems = { new LineItem { LineItemId = "b" }, new LineItem { LineItemId = "B" } },
        };

        TargetAdsResponse response = Target(new FakeClient(), set, request);

        Assert.Equal([("", "B"), ("a", ""), ("b", ""), ("", "b")], response.Picks.Select(p => (p.CampaignId, p.LineItemId)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Target_WithRefusedOnes_ExplainsWhenAsked(bool explain)
    {
        Struct germans = JsonParser.Default.Parse<Struct>("""{"country":"DE"}""");
        CampaignSet set = CampaignSet.Empty.With(
        [
            new Campaign { CampaignId = "late", StartTime = Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(Now + 1)) },
            new Campaign { CampaignId = "else", Placements = { "q" } },
            new Campaign { CampaignId = "fine" },
        ]);
        var request = new TargetAdsRequest
        {
            Placement = "p",
            Count = 5,
            Explain = explain,
            Campaigns = { "late", "else", "gone", "fine" },
            LineItems = { new LineItem { LineItemId = "l", Targeting = germans } },
        };

        TargetAdsResponse response = Target(new FakeClient(), set, request);

        Assert.Equal("fine", Assert.Single(response.Picks).CampaignId);
        Assert.Equal(
            explain ? [("late", "", Cause.Schedule), ("else", "", Cause.Placement), ("gone", "", Cause.Unknown), ("", "l", Cause.Targeting)] : [],
            response.Refusals.Select(r => (r.CampaignId, r.LineItemId, r.Cause)));
    }

    [Fact]
    public void Target_WithLineItemsAlone_LeavesCampaignsOut()
    {
        CampaignSet set = CampaignSet.Empty.With([new Campaign { CampaignId = "a", Bid = 100 }]);
        var request = new TargetAdsRequest { Placement = "p", Count = 2, LineItems = { new LineItem { LineItemId = "l" } } };

        Assert.Equal("l", Assert.Single(Target(new FakeClient(), set, request).Picks).LineItemId);
    }

    [Fact]
    public void Target_WithoutACount_GivesOne()
    {
        CampaignSet set = CampaignSet.Empty.With([new Campaign { CampaignId = "a" }, new Campaign { CampaignId = "b", Bid = 1 }]);

        Assert.Equal("b", Assert.Single(Target(new FakeClient(), set, new TargetAdsRequest { Placement = "p" }).Picks).CampaignId);
    }

    private static Gen<(FakeClient Client, CampaignSet Set, Context Context, int Count)> Cases { get; } =
        from likes in Gen.ListOf(Gen.Elements(-5.0, 0, 0.1, 3, 1e300, double.PositiveInfinity, double.NaN), 4)
        from count in Gen.Choose(1, 12)
        from ads in Gen.Choose(0, 30)
        from campaigns in Gen.ListOf(AnyCampaign, ads)
        from topics in AnyTopics
        select (Client(likes.ToList()), CampaignSet.Empty.With(campaigns.Select(Numbered).ToList()), new Context { Topics = { topics } }, count);

    private static Gen<Campaign> AnyCampaign =>
        from bid in Gen.Elements(0.0, 0, 1, 1.5, 1e9)
        from topics in AnyTopics
        select new Campaign { Bid = bid, Topics = { topics } };

    private static Gen<List<TopicWeight>> AnyTopics =>
        from count in Gen.Choose(0, 4)
        from topics in Gen.ListOf(from t in Gen.Elements("t0", "t1", "t2", "t3") from w in Gen.Elements(0.1, 1, 1_000) select Topic(t, w), count)
        select topics.ToList();

    private static Campaign Numbered(Campaign campaign, int i)
    {
        Campaign numbered = campaign.Clone();
        numbered.CampaignId = $"c{i}";
        return numbered;
    }

    private static FakeClient Client(List<double> likes)
    {
        var client = new FakeClient();
        likes.ForEach(l => client.Likes[$"t{client.Likes.Count}"] = l);
        return client;
    }

    private static double Exact(double x) => Math.Round(x, 12);

    private static TopicWeight Topic(string topic, double weight) => new() { Topic = topic, Weight = weight };

    private static TargetAdsResponse Target(FakeClient client, CampaignSet set, TargetAdsRequest request)
    {
        var response = new TargetAdsResponse();
        AdTargeting.Target(client.At(Now), set, request, response);
        return response;
    }
}
