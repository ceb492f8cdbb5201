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

    private Task<UpsertPlacementsResponse> DefinePlacementAsync(Placement placement) => Definitions.UpsertPlacementsAsync(
        new UpsertPlacementsRequest { Placements = { placement } }, Call()).Within("the placement is defined");
}
