using Footprint.Grid.V1;
using Google.Rpc;

namespace Footprint.Grid.Conformance;

public abstract partial class EngineConformance
{
    [ToolFact]
    public async Task Pick_KnownClient_IsPersonalAndReproducible()
    {
        await DefineItemsAsync(items: [("i1", "golf"), ("i2", "chess"), ("i3", "tea")]);
        await ApplyAsync(Event("c1", "e1", "chess"), Event("c1", "e2", "chess"));

        PickContentResponse pick = await PickAsync("c1", count: 3);

        Assert.True(pick.Personalized);
        Assert.Equal("i2", pick.Picks[0].ItemId);
        Assert.Equal(3, pick.Picks.Select(p => p.ItemId).Distinct().Count());
        Assert.All(pick.Picks, p => Assert.Equal(p.Score, p.Reasons.Sum(r => r.Contribution), 1e-9));
        Assert.NotEmpty(pick.DecisionId);
    }

    [ToolFact]
    public async Task Pick_UnknownClient_FallsBackAndKeepsNothing()
    {
        await DefineItemsAsync(items: [("i1", "golf")]);

        PickContentResponse unknown = await PickAsync("nobody");
        PickContentResponse nameless = await PickAsync("");

        Assert.All([unknown, nameless], pick =>
        {
            Assert.False(pick.Personalized);
            Assert.Equal(Fallback.Types.Reason.NoProfile, pick.Fallback);
            Assert.Equal("i1", Assert.Single(pick.Picks).ItemId);
        });
        await ThrowsAsync(Code.NotFound, () => ProfileAsync("nobody"));
    }

    [ToolFact]
    public async Task Pick_StoreDownAndClientNotInMemory_FallsBack()
    {
        await DefineItemsAsync(items: [("i1", "golf")]);
        Harness.SetStoreDown(true);

        PickContentResponse pick = await PickAsync("c1");
        Harness.SetStoreDown(false);

        Assert.False(pick.Personalized);
        Assert.NotEqual(Fallback.Types.Reason.None, pick.Fallback);
    }

    [ToolFact]
    public async Task Pick_DeadlinePast_IsMarkedAsFallback()
    {
        await DefineItemsAsync(items: [("i1", "golf")]);
        await ApplyAsync(Event("c1", "e1"));
        var request = new PickContentRequest { ClientId = "c1", Placement = "home" };

        PickContentResponse pick = await Clients.PickContentAsync(request, Call(seconds: -5)).Within("the pick is answered");

        Assert.Equal(Fallback.Types.Reason.Deadline, pick.Fallback);
    }

    [ToolFact]
    public async Task Pick_ReleasedAnswers_AreNotMixedUp()
    {
        await DefineItemsAsync(items: [("i1", "golf"), ("i2", "chess")]);
        await ApplyAsync(Event("c1", "e1", "golf"), Event("c2", "e2", "chess"));

        for (int i = 0; i < 50; i++)
        {
            Assert.Equal("i1", (await PickAsync("c1", count: 1)).Picks[0].ItemId);
            Assert.Equal("i2", (await PickAsync("c2", count: 2)).Picks[0].ItemId);
            Assert.False((await PickAsync("nobody", count: 1)).Personalized);
        }
    }

    [ToolFact]
    public async Task Pick_Invalid_NamesTheField()
    {
        var request = new PickContentRequest { ClientId = "c1", Placement = "", Count = 1000 };

        var e = await ThrowsAsync(Code.InvalidArgument, () => Clients.PickContentAsync(request, Call()).Within("refused"));

        Assert.Equal(["placement", "count"], e.Faults.Select(f => f.Field));
    }

    [ToolFact]
    public async Task Ads_FrequencyCap_HoldsAcrossAKill()
    {
        var campaign = new Campaign
        {
            CampaignId = "ad1",
            Bid = 1,
            FrequencyCaps = { new FrequencyCap { Count = 2, Window = new() { Seconds = 86_400 } } },
        };
        await Definitions.UpsertCampaignsAsync(new UpsertCampaignsRequest { Campaigns = { campaign } }, Call()).Within("defined");
        await ApplyAsync(Event("c1", "e1"));
        var request = new TargetAdsRequest { ClientId = "c1", Placement = "top" };

        int[] shown = new int[4];
        for (int i = 0; i < 4; i++)
        {
            TargetAdsResponse response = await Clients.TargetAdsAsync(request.Clone(), Call()).Within("the ads are answered");
            shown[i] = response.Picks.Count;
            if (i == 0)
            {
                // A durable event behind it makes what was shown before durable as well.
                await StoreAsync(Event("c1", "e2"));
                await Harness.KillAsync().Within("the engine comes back");
            }
        }

        Assert.Equal([1, 1, 0, 0], shown);
    }
}
