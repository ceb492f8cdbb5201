using Footprint.Grid.Core.Campaigns.Budgets;
using Footprint.Grid.Core.Clients;
using Footprint.Grid.V1;
using Cause = Footprint.Grid.V1.TargetAdsResponse.Types.Refusal.Types.Cause;

namespace Footprint.Grid.Core.Tests.Clients;

/// <summary>Budgets that other decisions spend while one is made.</summary>
public sealed class AdPaymentTests
{
    private readonly TenantWorld _grid = new();

    public AdPaymentTests() => _grid.Definitions = _grid.Definitions with
    {
        Campaigns = _grid.Definitions.Campaigns.With([.. Enumerable.Range(0, 6).Select(i => new Campaign
        {
            CampaignId = $"c{i}",
            Bid = 10 - i,
            Budget = new CampaignBudget { Daily = 100 },
        })]),
    };

    [Fact]
    public void TargetAds_TheLastOfABudgetIsGoneWhenItIsToBePaid_ShowsTheNextBest()
    {
        // Arrange
        var spending = new RacedSpending("c0", "c2");

        // Act
        TargetAdsResponse response = Target(spending);

        // Assert: one payment each, and no more.
        Assert.Equal(["c1", "c3"], response.Picks.Select(p => p.CampaignId));
        Assert.Equal(["c0", "c2"], response.Refusals.Where(r => r.Cause == Cause.Budget).Select(r => r.CampaignId).Order());
        Assert.Equal(["c4", "c5"], response.Refusals.Where(r => r.Cause == Cause.Outbid).Select(r => r.CampaignId).Order());
        Assert.Equal(["c1", "c3"], spending.Paid.Order());
    }

    [Fact]
    public void TargetAds_BudgetsRunOutAgainAndAgain_AnswersWithWhatWasPaid()
    {
        var spending = new RacedSpending("c0", "c1", "c2", "c3", "c4", "c5");

        TargetAdsResponse response = Target(spending);

        Assert.Empty(response.Picks);
        Assert.Empty(spending.Paid);
        Assert.Equal(6, response.Refusals.Count);
    }

    [Fact]
    public void TargetAds_WhatIsShownCannotBeKept_NobodyIsAskedAndTheNextBestThatCanBePaidIsShown()
    {
        // Arrange: the best has a cap, the next one is to be asked for.
        Campaign capped = _grid.Definitions.Campaigns.Find("c0")!.Clone();
        capped.FrequencyCaps.Add(TenantWorld.Cap(1, 60_000));
        _grid.Definitions = _grid.Definitions with { Campaigns = _grid.Definitions.Campaigns.With([capped]) };
        _grid.IsJournalFull = true;
        var response = new TargetAdsResponse();

        // Act
        Task? asked = TenantWorld.NewClient().TargetAds(
            _grid.Turn() with { Spending = new AskedSpending("c1") }, new TargetAdsRequest { ClientId = "c", Placement = "top" }, response);

        // Assert
        Assert.Null(asked);
        Assert.Equal("c2", Assert.Single(response.Picks).CampaignId);
    }

    private TargetAdsResponse Target(ISpending spending)
    {
        var response = new TargetAdsResponse();
        var request = new TargetAdsRequest { ClientId = "c", Placement = "top", Count = 2, Explain = true };
        TenantWorld.NewClient().TargetAds(_grid.Turn() with { Spending = spending }, request, response);
        return response;
    }

    // Has something for every campaign; of some of them until it is to be paid.
    private sealed class RacedSpending(params string[] raced) : ISpending
    {
        private readonly HashSet<string> _gone = [];

        public List<string> Paid { get; } = [];

        public ISpending Here => this;

        public bool Has(string campaignId, in BudgetTerms terms, long nowMs) => !_gone.Contains(campaignId);

        public bool TrySpend(string campaignId, in BudgetTerms terms, long nowMs)
        {
            if (raced.Contains(campaignId))
            {
                _gone.Add(campaignId);
                return false;
            }

            Paid.Add(campaignId);
            return true;
        }

        public Task? Ask(string campaignId, in BudgetTerms terms, long nowMs) => null;

        public void Refund(string campaignId, in BudgetTerms terms) => Paid.Remove(campaignId);
    }

    // Has something for every campaign but one, whose owner is asked and does not answer.
    private sealed class AskedSpending(string lacking, bool isHere = false) : ISpending
    {
        public ISpending Here => new AskedSpending(lacking, isHere: true);

        public bool Has(string campaignId, in BudgetTerms terms, long nowMs) => !isHere || campaignId != lacking;

        public bool TrySpend(string campaignId, in BudgetTerms terms, long nowMs) => campaignId != lacking;

        public Task? Ask(string campaignId, in BudgetTerms terms, long nowMs) => isHere ? null : new TaskCompletionSource().Task;

        public void Refund(string campaignId, in BudgetTerms terms)
        {
        }
    }
}
