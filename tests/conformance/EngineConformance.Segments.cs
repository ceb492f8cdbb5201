using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;

namespace Footprint.Grid.Conformance;

public abstract partial class EngineConformance
{
    [ToolFact]
    public async Task Segments_EventAfterEvent_AreLiveAndSurviveAKill()
    {
        await DefineSegmentAsync("fans", "interests.golf");
        await DefineSegmentAsync("players", "interests.chess");
        await StoreAsync(Event("c1", "e1", "golf"));
        Profile before = await ProfileAsync("c1");
        await StoreAsync(Event("c1", "e2", "chess"));
        Profile both = await ProfileAsync("c1");

        await Harness.KillAsync().Within("the engine comes back");

        Assert.Equal(["fans"], before.Segments.Select(s => s.SegmentId));
        Assert.Equal(["fans", "players"], both.Segments.Select(s => s.SegmentId));
        Assert.Equal(before.Segments[0].Entered, both.Segments[0].Entered);
        Assert.All(both.Segments, s => Assert.Null(s.Left));
        Assert.Equal(both.Segments, (await ProfileAsync("c1")).Segments);
    }

    [ToolFact]
    public async Task Segments_InTargeting_DecideAndFollowTheClientWhenItIsLinked()
    {
        await DefineSegmentAsync("fans", "interests.golf");
        var campaign = new Campaign
        {
            CampaignId = "ad1",
            Bid = 1,
            Targeting = JsonParser.Default.Parse<Struct>("""{"segments":{"$in":["fans"]}}"""),
        };
        await Definitions.UpsertCampaignsAsync(new UpsertCampaignsRequest { Campaigns = { campaign } }, Call()).Within("defined");
        await ApplyAsync(Event("known", "e1", "chess"), Event("cookie", "e2", "golf"));

        TargetAdsResponse unlinked = await AdsForAsync("known");
        await LinkAsync("known", "cookie");
        TargetAdsResponse linked = await AdsForAsync("known");

        Assert.Equal(TargetAdsResponse.Types.Refusal.Types.Cause.Targeting, Assert.Single(unlinked.Refusals).Cause);
        Assert.Equal("ad1", Assert.Single(linked.Picks).CampaignId);
        Assert.Equal(["fans"], (await ProfileAsync("known")).Segments.Select(s => s.SegmentId));
    }

    /// <summary>An orderly restart hands everything on that was counted, so the sizes may be asked for right after it.</summary>
    [ToolFact]
    public async Task Segments_Sizes_AreRoundedWithoutTheErasedAndStandForTheirHour()
    {
        await DefineSegmentAsync("fans", "interests.golf");
        await DefineSegmentAsync("players", "interests.chess");
        await Task.WhenAll(Enumerable.Range(0, Minimum + 7).Select(i => ApplyAsync(Event($"fan-{i}", $"fan-{i}-e1", "golf"))));
        await ApplyAsync([.. Enumerable.Range(0, Minimum).Select(i => Event($"fan-{i}", $"fan-{i}-e2", "chess"))]);
        await EraseAsync("fan-0");
        await Harness.RestartAsync().Within("the engine comes back");

        SegmentSizesReport report = await SizesAsync();
        await ApplyAsync(Event("fan-0", "fan-0-e3", "chess", minutesAgo: 0), Event("fan-x", "fan-x-e1", "chess"));
        await Harness.KillAsync().Within("the engine comes back again");

        Assert.Equal([("fans", (long)Minimum), ("players", 0L)], report.Segments.Select(s => (s.SegmentId, s.Clients.Value)));
        Assert.Equal(Minimum, report.Publication.MinimumAudience);
        Assert.Equal(report, await SizesAsync());
    }

    [ToolFact]
    public async Task Segments_OfClientsWhoStayAway_FollowTimeWithTheSweep()
    {
        // Arrange: as many as are counted, and one that will come back, all seen today and then not in memory any more.
        await DefineSegmentAsync("active", "counters.view.lastDay", "$gte", 1);
        await DefineSegmentAsync("away", "daysSinceLastSeen", "$gte", 1);
        await StoreAsync([.. Enumerable.Range(0, Minimum).Select(i => Event($"c{i}", $"c{i}-e1", minutesAgo: 0))]);
        await StoreAsync(Event("back", "back-e1", minutesAgo: 0));
        Profile before = await ProfileAsync("c0");
        await Harness.RestartAsync().Within("the engine comes back");

        // Act: two days later the one comes back, and nobody asks for the others.
        Harness.Time.Advance(TimeSpan.FromDays(2));
        await StoreAsync(Event("back", "back-e2", minutesAgo: -2 * 24 * 60));
        DateTimeOffset start = Harness.Time.GetUtcNow().AddMilliseconds(-1);
        int moved = await Harness.SweepAsync(Tenant).Within("the sweep ends");
        DateTimeOffset end = Harness.Time.GetUtcNow();
        int again = await Harness.SweepAsync(Tenant).Within("the second sweep ends");

        // Assert: the sizes follow without any turn of theirs, and the times are the sweep's, not those of whoever looks later.
        Assert.Equal((Minimum, 0), (moved, again));
        Profile back = await ProfileAsync("back");
        Assert.Equal(("active", null), (Assert.Single(back.Segments).SegmentId, back.Segments[0].Left));
        await Patience.Until(
            async () =>
            {
                Harness.Time.Advance(TimeSpan.FromMinutes(61));
                return (await SizesAsync()).Segments.Select(s => (s.SegmentId, s.Clients.Value)).SequenceEqual([("active", 0L), ("away", (long)Minimum)]);
            },
            "a report counts the clients where they are now",
            everyMs: 250);
        Profile after = await ProfileAsync("c0");
        Assert.Equal(["active", "away"], after.Segments.Select(s => s.SegmentId));
        Assert.Equal(Assert.Single(before.Segments).Entered, after.Segments[0].Entered);
        Assert.InRange(after.Segments[0].Left.ToDateTimeOffset(), start, end);
        Assert.InRange(after.Segments[1].Entered.ToDateTimeOffset(), start, end);
        Assert.Null(after.Segments[1].Left);
    }

    [ToolFact]
    public async Task Segments_ThatNameClients_HoldAndAreNotCounted()
    {
        await DefineSegmentAsync("everybody", "counters.view.total");
        await DefineSegmentAsync("padded", "clientId");
        await Task.WhenAll(Enumerable.Range(0, Minimum).Select(i => ApplyAsync(Event($"own-{i}", $"own-{i}-e1"))));
        await Harness.RestartAsync().Within("the engine comes back");

        Assert.Equal(["everybody", "padded"], (await ProfileAsync("own-1")).Segments.Select(s => s.SegmentId));
        Assert.Equal(
            [new SegmentSize { SegmentId = "everybody", Clients = new AudienceCount { Value = Minimum } }, new SegmentSize { SegmentId = "padded", NamesClients = true }],
            (await SizesAsync()).Segments);
    }

    [ToolFact]
    public async Task Segments_OnWhatNoClientHas_AreRefusedAndChangeNothing()
    {
        await ThrowsAsync(Code.InvalidArgument, () => DefineSegmentAsync("page", "context.page"));

        Assert.Empty((await Definitions.ListSegmentsAsync(new ListSegmentsRequest(), Call()).Within("listed")).Segments);
    }

    [ToolFact]
    public async Task Ads_TiersSeparationAndHoldouts_HoldAndSurviveAKill()
    {
        Campaign[] campaigns =
        [
            new Campaign { CampaignId = "low", Bid = 9 },
            new Campaign { CampaignId = "high", Bid = 1, Priority = 5, CompetitiveGroup = "cars" },
            new Campaign { CampaignId = "rival", Bid = 0.5, Priority = 5, CompetitiveGroup = "cars" },
            new Campaign { CampaignId = "never", Bid = 9, HoldoutShare = 1 },
            new Campaign { CampaignId = "app", Bid = 9, Channels = { FootprintEvent.Types.Channel.App } },
        ];
        await Definitions.UpsertCampaignsAsync(new UpsertCampaignsRequest { Campaigns = { campaigns } }, Call()).Within("defined");
        await StoreAsync(Event("c1", "e1", "chess"));

        await Harness.KillAsync().Within("the engine comes back");
        TargetAdsResponse ads = await Clients.TargetAdsAsync(
            new TargetAdsRequest { ClientId = "c1", Placement = "top", Count = 3, Explain = true }, Call()).Within("the ads are targeted");

        Assert.Equal(["high", "low"], ads.Picks.Select(p => p.CampaignId));
        Assert.Equal(
            [("app", TargetAdsResponse.Types.Refusal.Types.Cause.Channel), ("never", TargetAdsResponse.Types.Refusal.Types.Cause.Holdout), ("rival", TargetAdsResponse.Types.Refusal.Types.Cause.Separation)],
            ads.Refusals.Select(r => (r.CampaignId, r.Cause)).Order());
    }

    /// <summary>A segment of those for whom that path has a value.</summary>
    protected Task<UpsertSegmentsResponse> DefineSegmentAsync(string id, string path) => Definitions.UpsertSegmentsAsync(
        new UpsertSegmentsRequest { Segments = { new Segment { SegmentId = id, Condition = JsonParser.Default.Parse<Struct>("{\"" + path + "\":{\"$exists\":true}}") } } },
        Call()).Within("the segment is defined");

    private Task<UpsertSegmentsResponse> DefineSegmentAsync(string id, string path, string test, double value) => Definitions.UpsertSegmentsAsync(
        new UpsertSegmentsRequest { Segments = { new Segment { SegmentId = id, Condition = JsonParser.Default.Parse<Struct>($$"""{"{{path}}":{"{{test}}":{{value}} } }""") } } },
        Call()).Within("the segment is defined");

    private Task<SegmentSizesReport> SizesAsync() =>
        Harness.Reports.GetSegmentSizesAsync(new GetSegmentSizesRequest(), Call()).Within("the sizes are given");

    private Task<TargetAdsResponse> AdsForAsync(string client) => Clients.TargetAdsAsync(
        new TargetAdsRequest { ClientId = client, Placement = "top", Explain = true }, Call()).Within("the ads are targeted");
}
