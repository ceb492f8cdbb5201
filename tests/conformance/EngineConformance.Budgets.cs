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

        // Act
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

    [ToolTheory]
    [InlineData("c1")]
    [InlineData("")]
    public async Task Budget_CampaignIsAskedForTheFirstTime_IsShownThen(string client)
    {
        // Arrange: a campaign for each of some placements, and one that tells when they are known.
        const int campaigns = 10;
        await ApplyAsync(Event("c1", "e1"));
        Campaign[] budgeted = [.. Enumerable.Range(0, campaigns).Select(i => new Campaign
        {
            CampaignId = $"ad{i}",
            Bid = 1,
            Placements = { $"p{i}" },
            Budget = new CampaignBudget { Currency = "EUR", Daily = 20, PricePerImpression = 1, Pacing = CampaignBudget.Types.Pacing.Even },
        })];
        var known = new Campaign { CampaignId = "known", Bid = 1, Placements = { "known" } };
        await Definitions.UpsertCampaignsAsync(new UpsertCampaignsRequest { Campaigns = { budgeted, known } }, Call()).Within("defined");
        await Patience.Until(async () => (await AtAsync("known")).Picks.Count == 1, "the campaigns are known");

        // Act
        int shown = 0;
        for (int i = 0; i < campaigns; i++)
        {
            shown += (await AtAsync($"p{i}")).Picks.Count;
        }

        // Assert: on a machine with much else to do an owner may take longer than a decision waits, but not each time.
        Assert.InRange(shown, campaigns / 2, campaigns);

        Task<TargetAdsResponse> AtAsync(string placement) =>
            Clients.TargetAdsAsync(new TargetAdsRequest { ClientId = client, Placement = placement }, Call()).Within("the ads are targeted");
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
