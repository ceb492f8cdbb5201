using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Footprint.Grid.Conformance;

public abstract partial class EngineConformance
{
    [ToolFact]
    public async Task Placement_ItemCap_HoldsAcrossAKill()
    {
        await DefineItemsAsync(items: [("i1", "golf"), ("i2", "tea")]);
        var rules = new Placement { PlacementId = "home", ItemCaps = { new FrequencyCap { Count = 1, Window = Duration.FromTimeSpan(TimeSpan.FromDays(1)) } } };
        await DefinePlacementAsync(rules);
        await StoreAsync(Event("c1", "e1", "golf"));
        string first = Assert.Single((await PickAsync("c1", count: 1)).Picks).ItemId;
        await StoreAsync(Event("c1", "e2", "golf"));

        await Harness.KillAsync().Within("the engine comes back");
        PickContentResponse second = await PickAsync("c1", count: 5);
        PickContentResponse third = await PickAsync("c1", count: 5);

        Assert.Equal("i1", first);
        Assert.Equal(["i2"], second.Picks.Select(p => p.ItemId));
        Assert.Empty(third.Picks);
    }

    [ToolTheory]
    [InlineData(Tenant)]
    [InlineData(StrictTenant)]
    public async Task Placement_ItemCapAndTheStoreDown_CountsAsReached(string tenant)
    {
        // Arrange: the client is in no memory, and what it was shown, or consents to, cannot be found out.
        await DefineItemsAsync(tenant, [("i1", "golf"), ("i2", "tea")]);
        var rules = new Placement { PlacementId = "capped", ItemCaps = { new FrequencyCap { Count = 1, Window = Duration.FromTimeSpan(TimeSpan.FromDays(1)) } } };
        await DefinePlacementAsync(rules, tenant);
        Harness.SetStoreDown(true);

        PickContentResponse capped = await PickAsync("c1", tenant, placement: "capped");
        PickContentResponse other = await PickAsync("c1", tenant);
        Harness.SetStoreDown(false);

        Assert.Empty(capped.Picks);
        Assert.NotEqual(Fallback.Types.Reason.None, capped.Fallback);
        Assert.NotEmpty(other.Picks);
    }

    [ToolFact]
    public async Task Placement_QuotaFilterAndHoldout_Hold()
    {
        await DefineItemsAsync(items: [("i1", "golf"), ("i2", "golf"), ("i3", "tea")]);
        await DefinePlacementAsync(new Placement { PlacementId = "home", TopicQuotas = { new Placement.Types.TopicQuota { Topic = "golf", Most = 1 } } });
        await DefinePlacementAsync(new Placement { PlacementId = "held", Holdout = new Placement.Types.Holdout { Share = 1 } });
        await ApplyAsync(Event("c1", "e1", "golf"));
        var filtered = new PickContentRequest { ClientId = "c1", Placement = "else", Filter = JsonParser.Default.Parse<Struct>("""{"itemId":{"$in":["i3"]}}""") };
        var held = new PickContentRequest { ClientId = "c1", Placement = "held" };

        PickContentResponse quota = await PickAsync("c1", count: 3);
        PickContentResponse one = await Clients.PickContentAsync(filtered, Call()).Within("the pick is answered");
        PickContentResponse nobody = await Clients.PickContentAsync(held, Call()).Within("the pick is answered");
        var outcome = new Outcome { OutcomeId = "o1", ClientId = "c1", DecisionId = nobody.DecisionId, ItemId = "i1", Kind = Outcome.Types.Kind.Click, Time = Ago(0) };
        ReportOutcomesResponse reported = await Clients.ReportOutcomesAsync(new ReportOutcomesRequest { Outcomes = { outcome } }, Call()).Within("the outcome is kept");

        Assert.Single(quota.Picks, p => p.ItemId is "i1" or "i2");
        Assert.Equal(2, quota.Picks.Count);
        Assert.Equal(["i3"], one.Picks.Select(p => p.ItemId));
        Assert.Equal(Fallback.Types.Reason.Holdout, nobody.Fallback);
        Assert.False(nobody.Personalized);
        Assert.True(Assert.Single(reported.Results).Holdout);
    }

    [ToolFact]
    public async Task Placement_Diversity_SecondPickDiffersFromTheFirst()
    {
        await DefineItemsAsync(items: [("i1", "golf"), ("i2", "golf"), ("i3", "tea")]);
        await ApplyAsync(Event("c1", "e1", "golf"));
        PickContentResponse alike = await PickAsync("c1", count: 2);

        await DefinePlacementAsync(new Placement { PlacementId = "home", Diversity = new Placement.Types.Diversity { Lambda = 0.1 } });
        PickContentResponse diverse = await PickAsync("c1", count: 2);

        Assert.Equal(["i1", "i2"], alike.Picks.Select(p => p.ItemId).Order());
        Assert.Equal(alike.Picks[0].ItemId, diverse.Picks[0].ItemId);
        Assert.Equal("i3", diverse.Picks[1].ItemId);
    }

    [ToolFact]
    public async Task Placement_TopicCap_HoldsAcrossAKillAndOthersTakeThePlaces()
    {
        await DefineItemsAsync(items: [.. Enumerable.Range(0, 300).Select(i => ($"i{i:000}", i < 280 ? "golf" : "tea"))]);
        var cap = new FrequencyCap { Count = 3, Window = Duration.FromTimeSpan(TimeSpan.FromDays(1)) };
        await DefinePlacementAsync(new Placement { PlacementId = "home", TopicCaps = { new Placement.Types.TopicCap { Topic = "golf", Cap = cap } } });
        await StoreAsync(Event("c1", "e1", "golf"));
        PickContentResponse first = await PickAsync("c1", count: 5);
        await StoreAsync(Event("c1", "e2", "golf"));

        await Harness.KillAsync().Within("the engine comes back");
        PickContentResponse second = await PickAsync("c1", count: 5);

        Assert.Equal((3, 5), (Golf(first), first.Picks.Count));
        Assert.Equal((0, 5), (Golf(second), second.Picks.Count));

        static int Golf(PickContentResponse response) => response.Picks.Count(p => string.CompareOrdinal(p.ItemId, "i280") < 0);
    }

    [ToolFact]
    public async Task Campaign_Dayparting_ShowsInItsHoursAlone()
    {
        // Half a day from now, so that no hour that begins meanwhile matters.
        int other = (DateTime.UtcNow.Hour + 12) % 24;
        var now = new Dayparting { TimeZone = "UTC" };
        now.Spans.Add(new[] { (0, other), (other + 1, 24) }.Where(s => s.Item1 < s.Item2).Select(s => new Dayparting.Types.Span { StartHour = s.Item1, EndHour = s.Item2 }));
        var later = new Dayparting { TimeZone = "UTC", Spans = { new Dayparting.Types.Span { StartHour = other, EndHour = other + 1 } } };
        var campaigns = new UpsertCampaignsRequest
        {
            Campaigns = { new Campaign { CampaignId = "now", Bid = 1, Dayparting = now }, new Campaign { CampaignId = "later", Bid = 9, Dayparting = later } },
        };
        await Definitions.UpsertCampaignsAsync(campaigns, Call()).Within("the campaigns are defined");

        TargetAdsResponse ads = await Clients.TargetAdsAsync(new TargetAdsRequest { Placement = "home", Count = 5, Explain = true }, Call()).Within("ads are answered");

        Assert.Equal(["now"], ads.Picks.Select(p => p.CampaignId));
        Assert.Equal(TargetAdsResponse.Types.Refusal.Types.Cause.Daypart, Assert.Single(ads.Refusals, r => r.CampaignId == "later").Cause);
    }

    private Task<UpsertPlacementsResponse> DefinePlacementAsync(Placement placement, string tenant = Tenant) => Definitions.UpsertPlacementsAsync(
        new UpsertPlacementsRequest { Placements = { placement } }, Call(tenant)).Within("the placement is defined");
}
