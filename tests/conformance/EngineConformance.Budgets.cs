using Footprint.Grid.V1;
using Cause = Footprint.Grid.V1.TargetAdsResponse.Types.Refusal.Types.Cause;

namespace Footprint.Grid.Conformance;

public abstract partial class EngineConformance
{
    [ToolFact]
    public async Task Budget_Spent_RefusesWithItsReasonAndStaysSpent()
    {
        // Arrange
        var campaign = new Campaign
        {
            CampaignId = "ad1",
            Bid = 2,
            Budget = new CampaignBudget { Currency = "EUR", Total = 5, PricePerImpression = 1, Pacing = CampaignBudget.Types.Pacing.AsSoonAsPossible },
        };
        await Definitions.UpsertCampaignsAsync(new UpsertCampaignsRequest { Campaigns = { campaign } }, Call()).Within("defined");
        var request = new TargetAdsRequest { ClientId = "c1", Placement = "home", Explain = true };
        int shown = 0;

        // Act: a campaign spends what its process holds on lease, and gets that a moment after it is first asked for.
        await Patience.Until(() => (shown += TargetAsync().GetAwaiter().GetResult().Picks.Count) == 5, "the budget is spent");

        // Assert
        TargetAdsResponse refused = await TargetAsync();
        Assert.Empty(refused.Picks);
        Assert.Equal(Cause.Budget, Assert.Single(refused.Refusals).Cause);
        await Harness.KillAsync().Within("the engine comes back");
        for (int i = 0; i < 20; i++)
        {
            Assert.Empty((await TargetAsync()).Picks);
        }

        Task<TargetAdsResponse> TargetAsync() => Clients.TargetAdsAsync(request, Call()).Within("the ads are targeted");
    }

    [ToolFact]
    public async Task Budget_WithoutCurrencyOrAmount_IsRefused()
    {
        var campaign = new Campaign { CampaignId = "ad1", Bid = 1, Budget = new CampaignBudget() };

        Engine.GridException e = await ThrowsAsync(
            Google.Rpc.Code.InvalidArgument,
            () => Definitions.UpsertCampaignsAsync(new UpsertCampaignsRequest { Campaigns = { campaign } }, Call()).Within("refused"));

        Assert.Equal(["campaigns[0].budget.currency", "campaigns[0].budget"], e.Faults.Select(f => f.Field));
    }
}
