namespace Footprint.Grid.Core.Campaigns.Budgets;

/// <summary>What this process may spend of campaigns' budgets. Answers at once, from what it holds on lease. Safe from any thread.</summary>
public interface ISpending
{
    /// <summary>The same, but nobody is asked for what is not here.</summary>
    ISpending Here { get; }

    /// <summary>Whether one impression can be paid, or may be paid once it was asked for.</summary>
    bool Has(string campaignId, in BudgetTerms terms, long nowMs);

    /// <summary>Pays one impression; false when there is not enough here.</summary>
    bool TrySpend(string campaignId, in BudgetTerms terms, long nowMs);

    /// <summary>
    /// Asks for what could not be paid. Ends when it is worth to decide once more, for this campaign or, where nothing was to
    /// be had, without it; null when nobody is asked.
    /// </summary>
    Task? Ask(string campaignId, in BudgetTerms terms, long nowMs);

    /// <summary>Takes a payment of this turn back: nothing was shown.</summary>
    void Refund(string campaignId, in BudgetTerms terms);
}
