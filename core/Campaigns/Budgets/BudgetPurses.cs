using System.Collections.Concurrent;

namespace Footprint.Grid.Core.Campaigns.Budgets;

/// <summary>All that one process holds on lease of one tenant's budgets.</summary>
/// <param name="holder">Names this process's life to the owners.</param>
public sealed class BudgetPurses(string holder) : ISpending
{
    private readonly ConcurrentDictionary<string, BudgetPurse> _purses = new(StringComparer.Ordinal);

    /// <summary>Of every campaign that was asked for: no more than a tenant may have, and those that were deleted.</summary>
    public IEnumerable<KeyValuePair<string, BudgetPurse>> All => _purses;

    public bool Has(string campaignId, in BudgetTerms terms, long nowMs) => Purse(campaignId).Has(terms.Price, nowMs);

    public bool TrySpend(string campaignId, in BudgetTerms terms, long nowMs) => Purse(campaignId).TrySpend(terms.Price, nowMs);

    public void Refund(string campaignId, in BudgetTerms terms) => Purse(campaignId).Refund(terms.Price);

    /// <summary>Forgets a campaign that is no more, once nothing of it is held.</summary>
    public void Forget(string campaignId) => _purses.TryRemove(campaignId, out _);

    private BudgetPurse Purse(string campaignId) => _purses.TryGetValue(campaignId, out BudgetPurse? purse)
        ? purse
        : _purses.GetOrAdd(campaignId, static (_, h) => new BudgetPurse(h), holder);
}
