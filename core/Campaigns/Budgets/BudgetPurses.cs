using System.Collections.Concurrent;
using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Core.Campaigns.Budgets;

/// <summary>All that one process holds on lease of one tenant's budgets.</summary>
/// <param name="holder">Names this process's life to the owners.</param>
public sealed class BudgetPurses(string holder) : ISpending
{
    private readonly ConcurrentDictionary<string, BudgetPurse> _purses = new(StringComparer.Ordinal);

    /// <summary>
    /// What the owners are to be told now, of every campaign that was asked for: no more than a tenant may have, and those
    /// that were deleted, which are forgotten once nothing of them is held.
    /// </summary>
    /// <param name="campaigns">The tenant's, as they are now.</param>
    /// <param name="isLast">Gives back what is left.</param>
    /// <param name="nowMs">Milliseconds since the epoch.</param>
    public IEnumerable<(string CampaignId, BudgetPurse Purse, BudgetTerms? Terms, BudgetReport Report)> Due(CampaignSet campaigns, bool isLast, long nowMs)
    {
        foreach ((string campaignId, BudgetPurse purse) in _purses)
        {
            BudgetTerms? terms = campaigns.Budget(campaignId);
            if (purse.Report(terms?.Price ?? long.MaxValue, isLast, nowMs) is { } report)
            {
                yield return (campaignId, purse, terms, report);
            }
            else if (terms is null)
            {
                _purses.TryRemove(campaignId, out _);
            }
        }
    }

    public bool Has(string campaignId, in BudgetTerms terms, long nowMs) => Purse(campaignId).Has(terms.Price, nowMs);

    public bool TrySpend(string campaignId, in BudgetTerms terms, long nowMs) => Purse(campaignId).TrySpend(terms.Price, nowMs);

    public void Refund(string campaignId, in BudgetTerms terms) => Purse(campaignId).Refund(terms.Price);

    private BudgetPurse Purse(string campaignId) => _purses.TryGetValue(campaignId, out BudgetPurse? purse)
        ? purse
        : _purses.GetOrAdd(campaignId, static (_, h) => new BudgetPurse(h), holder);
}
