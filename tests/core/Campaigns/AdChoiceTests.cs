using Footprint.Grid.Core.Campaigns;
using Footprint.Grid.Core.Conditions;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Cause = Footprint.Grid.V1.TargetAdsResponse.Types.Refusal.Types.Cause;

namespace Footprint.Grid.Core.Tests.Campaigns;

/// <summary>Tiers, separation, where and to whom campaigns show, and a cause for each that does not.</summary>
public sealed class AdChoiceTests
{
    private const long Now = 1_800_000_000_000;
    private static readonly string[] _placements = ["top", "side", "foot"];
    private static readonly string[] _groups = ["", "", "cars", "banks"];

    [Fact]
    public void Target_AnyCampaigns_AreThoseThatGoingThroughAllBestFirstGives() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        Campaign[] campaigns = [.. Enumerable.Range(0, random.Next(30)).Select(i => Any(random, i))];
        var request = new TargetAdsRequest
        {
            Placement = _placements[random.Next(3)],
            Count = random.Next(1, 8),
            Explain = random.Next(2) == 0,
            Context = new Context { Channel = (FootprintEvent.Types.Channel)random.Next(0, 4), Attributes = { ["country"] = random.Next(2) == 0 ? "ES" : "VN", ["city"] = "X" } },
        };

        TargetAdsResponse response = Target(CampaignSet.Empty.With(campaigns), request);

        // The rules one by one, and the order, as the contract words them.
        Campaign[] eligible = [.. campaigns
            .Where(c => c.Placements.Count == 0 || c.Placements.Contains(request.Placement))
            .Where(c => c.Channels.Count == 0 || c.Channels.Contains(request.Context.Channel))
            .Where(c => c.Places.Count == 0 || c.Places.Any(p => (p.Country == "" || p.Country == request.Context.Attributes["country"]) && (p.City == "" || p.City == "X")))
            .OrderByDescending(c => c.Priority).ThenByDescending(c => c.Bid).ThenBy(c => c.CampaignId, StringComparer.Ordinal)];
        var expected = new List<Campaign>();
        foreach (Campaign c in eligible)
        {
            if (expected.Count < request.Count && (c.CompetitiveGroup == "" || expected.All(e => e.CompetitiveGroup != c.CompetitiveGroup)))
            {
                expected.Add(c);
            }
        }

        Assert.Equal(expected.Select(c => c.CampaignId), response.Picks.Select(p => p.CampaignId));
        Assert.Equal(
            request.Explain ? campaigns.Select(c => c.CampaignId).Except(expected.Select(c => c.CampaignId)).Order() : [],
            response.Refusals.Select(r => r.CampaignId).Order());
        Assert.All(response.Refusals, r => Assert.Equal(
            eligible.Any(c => c.CampaignId == r.CampaignId),
            r.Cause is Cause.Outbid or Cause.Separation));
        Assert.All(response.Refusals.Where(r => r.Cause == Cause.Separation), r => Assert.Contains(
            campaigns.Single(c => c.CampaignId == r.CampaignId).CompetitiveGroup, expected.Select(c => c.CompetitiveGroup)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Target_EveryCause_IsSaid()
    {
        var tests = new Dictionary<Cause, (Campaign Campaign, Action<TargetAdsRequest>? Ask)>
        {
            [Cause.Schedule] = (new Campaign { EndTime = Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(Now)) }, null),
            [Cause.Daypart] = (new Campaign { Dayparting = new Dayparting { TimeZone = "UTC", Spans = { new Dayparting.Types.Span { StartHour = 0, EndHour = 1 } } } }, null),
            [Cause.Placement] = (new Campaign { Placements = { "side" } }, null),
            [Cause.Channel] = (new Campaign { Channels = { FootprintEvent.Types.Channel.App } }, null),
            [Cause.Place] = (new Campaign { Places = { new Place { City = "Bilbao" } } }, null),
            [Cause.Holdout] = (new Campaign { HoldoutShare = 1 }, null),
            [Cause.Targeting] = (new Campaign { Targeting = JsonParser.Default.Parse<Struct>("""{"placement":"side"}""") }, null),
            [Cause.NoConsent] = (new Campaign { Targeting = JsonParser.Default.Parse<Struct>("""{"$or":[{"money.purchases":{"$gt":1}}]}""") }, null),
            [Cause.FrequencyCap] = (new Campaign { FrequencyCaps = { new FrequencyCap { Count = 1, Window = new Duration { Seconds = 60 } } } }, null),
            [Cause.Budget] = (new Campaign { Budget = new CampaignBudget { Currency = "EUR", Total = 1 } }, null),
            [Cause.Outbid] = (new Campaign { Bid = 0.5 }, null),
            [Cause.Separation] = (new Campaign { Bid = 0.5, CompetitiveGroup = "cars" }, null),
            [Cause.Dismissed] = (new Campaign { Bid = 2 }, null),
            [Cause.Converted] = (new Campaign { Bid = 3 }, null),
            [Cause.Unknown] = (new Campaign(), r => r.Campaigns.Add("gone")),
        };
        Assert.Equal(System.Enum.GetValues<Cause>().Except([Cause.Unspecified]).Order(), tests.Keys.Order());
        foreach ((Cause cause, (Campaign campaign, Action<TargetAdsRequest>? ask)) in tests)
        {
            campaign.CampaignId = "it";
            var request = new TargetAdsRequest { Placement = "top", Explain = true };
            ask?.Invoke(request);
            var client = new FakeClient { Shown = { (StoredImpression.Types.Kind.Campaign, "it", Now) } };
            var response = new TargetAdsResponse();
            AdAudience audience = client.At(Now) with { ClientId = "c", Allowed = DataCategories.All & ~DataCategories.Purchases };
            var answer = new StoredAdAnswer { Kind = StoredImpression.Types.Kind.Campaign, Key = "it", Categories = (uint)DataCategories.Behaviour };
            (answer.DismissedMs, answer.ConvertedMs) = (cause == Cause.Dismissed ? Now : 0, cause == Cause.Converted ? Now : 0);
            audience = audience with { Answers = cause is Cause.Dismissed or Cause.Converted ? AdAnswers.Load([answer]) : null };

            AdTargeting.Target(audience, CampaignSet.Empty.With([campaign, new Campaign { CampaignId = "rival", Bid = 1, CompetitiveGroup = "cars" }]), request, response);

            Assert.Equal(cause, Assert.Single(response.Refusals).Cause);
        }
    }

    [Fact]
    public void Target_PlacementHoldsTheClientOut_RefusesEachAndShowsNone()
    {
        CampaignSet set = CampaignSet.Empty.With([new Campaign { CampaignId = "a" }, new Campaign { CampaignId = "b" }]);
        var response = new TargetAdsResponse();

        AdTargeting.Target(new FakeClient().At(Now) with { IsHeldOut = true }, set, new TargetAdsRequest { Placement = "top", Explain = true, Count = 5 }, response);

        Assert.Empty(response.Picks);
        Assert.Equal([Cause.Holdout, Cause.Holdout], response.Refusals.Select(r => r.Cause));
    }

    [Fact]
    public void Target_SegmentWeights_MoveTheResponseAndAreReasons()
    {
        var campaign = new Campaign { CampaignId = "a", Bid = 2, SegmentWeights = { new SegmentWeight { SegmentId = "in", Weight = 1 }, new SegmentWeight { SegmentId = "out", Weight = 5 } } };
        var response = new TargetAdsResponse();

        AdTargeting.Target(new FakeClient().At(Now) with { Segments = new In() }, CampaignSet.Empty.With([campaign]), new TargetAdsRequest { Placement = "top" }, response);

        AdPick pick = Assert.Single(response.Picks);
        Assert.Equal([(Reason.Types.Kind.Bid, ""), (Reason.Types.Kind.Segment, "in")], pick.Reasons.Select(r => (r.Kind, r.Key)));
        Assert.Equal(1 / (1 + (99 * Math.Exp(-1))), pick.PredictedResponse, 1e-12);
        Assert.Equal(pick.Score, pick.Reasons.Sum(r => r.Contribution));
    }

    private static Campaign Any(Random random, int number)
    {
        var campaign = new Campaign
        {
            CampaignId = $"c{number:00}",
            Bid = random.Next(1, 6),
            Priority = random.Next(3),
            CompetitiveGroup = _groups[random.Next(4)],
        };
        campaign.Placements.AddRange(_placements.Where(_ => random.Next(3) == 0));
        if (random.Next(3) == 0)
        {
            campaign.Channels.Add((FootprintEvent.Types.Channel)random.Next(1, 4));
        }

        if (random.Next(3) == 0)
        {
            campaign.Places.Add(new Place { Country = random.Next(2) == 0 ? "ES" : "", City = random.Next(2) == 0 ? "X" : "Y" });
        }

        return campaign;
    }

    private static TargetAdsResponse Target(CampaignSet set, TargetAdsRequest request)
    {
        var response = new TargetAdsResponse();
        AdTargeting.Target(new FakeClient().At(Now), set, request, response);
        return response;
    }

    private sealed class In : ISegmentMembership
    {
        public bool IsIn(string segmentId) => segmentId == "in";
    }
}
