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

    [ToolTheory]
    [InlineData(500, Fallback.Types.Reason.Deadline)]
    [InlineData(60_000, Fallback.Types.Reason.None)]
    public async Task Decide_OwnTimeSinceTheRequestCameIn_IsNotScoredPastIt(int deadlineMs, Fallback.Types.Reason expected)
    {
        // Arrange: it came in a second ago, and waited since.
        await DefineItemsAsync(items: [("i1", "golf")]);
        await ApplyAsync(Event("c1", "e1"));
        Engine.CallContext call = Call() with { Arrived = DateTimeOffset.UtcNow.AddSeconds(-1) };

        // Act
        PickContentResponse pick = await Clients.PickContentAsync(new PickContentRequest { ClientId = "c1", Placement = "home", DeadlineMs = deadlineMs }, call).Within("the pick is answered");
        TargetAdsResponse ads = await Clients.TargetAdsAsync(new TargetAdsRequest { ClientId = "c1", Placement = "home", DeadlineMs = deadlineMs }, call).Within("the ads are answered");

        // Assert
        Assert.Equal((expected, expected), (pick.Fallback, ads.Fallback));
        Assert.Equal(expected == Fallback.Types.Reason.None, Assert.Single(pick.Picks).Reasons.Count > 0);
    }

    [ToolFact]
    public async Task Ads_CappedForAClientWithoutEvents_AreCountedAcrossARestart()
    {
        // Arrange
        var campaign = new Campaign { CampaignId = "ad", Bid = 1, FrequencyCaps = { new FrequencyCap { Count = 2, Window = new Google.Protobuf.WellKnownTypes.Duration { Seconds = 3600 } } } };
        await Definitions.UpsertCampaignsAsync(new UpsertCampaignsRequest { Campaigns = { campaign } }, Call()).Within("defined");
        var request = new TargetAdsRequest { ClientId = "stranger", Placement = "home" };

        // Act
        int shown = 0;
        for (int i = 0; i < 4; i++)
        {
            shown += (await Clients.TargetAdsAsync(request, Call()).Within("targeted")).Picks.Count;
        }

        await Harness.RestartAsync().Within("the engine comes back");

        // Assert
        Assert.Equal(2, shown);
        Assert.Empty((await Clients.TargetAdsAsync(request, Call()).Within("targeted")).Picks);
    }

    [ToolTheory]
    [InlineData(Outcome.Types.Kind.Dismissal, TargetAdsResponse.Types.Refusal.Types.Cause.Dismissed)]
    [InlineData(Outcome.Types.Kind.Conversion, TargetAdsResponse.Types.Refusal.Types.Cause.Converted)]
    public async Task Ads_ThatTheClientDismissedOrThatLedToAConversion_AreShownNoMore(Outcome.Types.Kind kind, TargetAdsResponse.Types.Refusal.Types.Cause cause)
    {
        // Arrange
        await Definitions.UpsertCampaignsAsync(new UpsertCampaignsRequest { Campaigns = { new Campaign { CampaignId = "ad", Bid = 1 } } }, Call()).Within("defined");
        var request = new TargetAdsRequest { ClientId = "c1", Placement = "home", Explain = true };
        TargetAdsResponse shown = await Clients.TargetAdsAsync(request, Call()).Within("targeted");
        Assert.Single(shown.Picks);

        // Act
        var outcome = new Outcome { OutcomeId = "o1", ClientId = "c1", CampaignId = "ad", DecisionId = shown.DecisionId, Kind = kind, Time = Ago(0) };
        await Clients.ReportOutcomesAsync(new ReportOutcomesRequest { Ack = RecordRequest.Types.Ack.Durable, Outcomes = { outcome } }, Call()).Within("reported");
        await Harness.KillAsync().Within("the engine comes back");

        // Assert
        TargetAdsResponse after = await Clients.TargetAdsAsync(request, Call()).Within("targeted");
        Assert.Empty(after.Picks);
        Assert.Equal(cause, Assert.Single(after.Refusals).Cause);
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
    public async Task Pick_OwnTimePast_LeavesOutWhatIsBought()
    {
        await DefineItemsAsync(items: [("i1", "golf"), ("i2", "golf")]);
        await ApplyAsync(Event("c1", "e1", type: "purchase", item: "i1"));
        Engine.CallContext call = Call() with { Arrived = DateTimeOffset.UtcNow.AddSeconds(-1) };

        PickContentResponse pick = await Clients.PickContentAsync(new PickContentRequest { ClientId = "c1", Placement = "home", DeadlineMs = 500 }, call).Within("the pick is answered");

        Assert.Equal((Fallback.Types.Reason.Deadline, "i2"), (pick.Fallback, Assert.Single(pick.Picks).ItemId));
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
