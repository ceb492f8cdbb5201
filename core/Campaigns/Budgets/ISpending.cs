namespace Footprint.Grid.Core.Campaigns.Budgets;

/// <summary>What this process may spend of campaigns' budgets. Answers at once, from what it holds on lease. Safe from any thread.</summary>
public interface ISpending
{
    /// <summary>Whether one impression can be paid.</summary>
    bool Has(string campaignId, in BudgetTerms terms, long nowMs);

    /// <summary>Pays one impression; false when there is not enough any more.</summary>
    bool TrySpend(string campaignId, in BudgetTerms terms, long nowMs);

    /// <summary>Takes a payment of this turn back: nothing was shown.</summary>
    void Refund(string campaignId, in BudgetTerms terms);
}
