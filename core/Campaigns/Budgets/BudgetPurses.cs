using System.Collections.Concurrent;
using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Core.Campaigns.Budgets;

/// <summary>All that one process holds on lease of one tenant's budgets. By itself it spends only what is here; see <see cref="Asking"/>.</summary>
public sealed class BudgetPurses : ISpending
{
    private readonly ConcurrentDictionary<string, BudgetPurse> _purses = new(StringComparer.Ordinal);
    private readonly string _holder;

    /// <param name="holder">Names this process's life to the owners.</param>
    public BudgetPurses(string holder)
    {
        _holder = holder;
        Asking = new AskingPurses(this);
    }

    /// <summary>Spends the same, and asks the owners for what is not here.</summary>
    public ISpending Asking { get; }

    public ISpending Here => this;

    /// <summary>Called with the id of a campaign that an owner is to be asked about now, from whatever thread asks; must not wait.</summary>
    public Action<string>? Asked { get; set; }

    /// <summary>
    /// What the owners are to be told now, of every campaign that was asked for: no more than a tenant may have, and those
    /// that were deleted, which are forgotten once nothing of them is held. Each is answered by <see cref="BudgetPurse.Take"/>
    /// or <see cref="BudgetPurse.Fail"/>.
    /// </summary>
    /// <param name="campaigns">The tenant's, as they are now.</param>
    /// <param name="isLast">Gives back what is left.</param>
    /// <param name="nowMs">Milliseconds since the epoch.</param>
    public IEnumerable<DueReport> Due(CampaignSet campaigns, bool isLast, long nowMs)
    {
        foreach ((string campaignId, BudgetPurse purse) in _purses)
        {
            if (Due(campaigns, campaignId, purse, isLast, nowMs) is { } due)
            {
                yield return due;
            }
        }
    }

    /// <summary>Likewise of one campaign; null when its owner is to be told nothing now.</summary>
    public DueReport? Due(CampaignSet campaigns, string campaignId, long nowMs) =>
        _purses.TryGetValue(campaignId, out BudgetPurse? purse) ? Due(campaigns, campaignId, purse, isLast: false, nowMs) : null;

    public bool Has(string campaignId, in BudgetTerms terms, long nowMs) => Purse(campaignId).Has(terms.Price, nowMs);

    public bool TrySpend(string campaignId, in BudgetTerms terms, long nowMs) => Purse(campaignId).TrySpend(terms.Price, nowMs);

    public Task? Ask(string campaignId, in BudgetTerms terms, long nowMs) => null;

    public void Refund(string campaignId, in BudgetTerms terms) => Purse(campaignId).Refund(terms.Price);

    private DueReport? Due(CampaignSet campaigns, string campaignId, BudgetPurse purse, bool isLast, long nowMs)
    {
        BudgetTerms? terms = campaigns.Budget(campaignId);
        if (purse.Report(terms, isLast, nowMs) is { } report)
        {
            return new DueReport(campaignId, purse, terms, report);
        }

        if (terms is null && purse.IsEmpty)
        {
            _purses.TryRemove(campaignId, out _);
        }

        return null;
    }

    private BudgetPurse Purse(string campaignId) => _purses.TryGetValue(campaignId, out BudgetPurse? purse)
        ? purse
        : _purses.GetOrAdd(campaignId, static (_, h) => new BudgetPurse(h), _holder);

    private sealed class AskingPurses(BudgetPurses purses) : ISpending
    {
        public ISpending Here => purses;

        public bool Has(string campaignId, in BudgetTerms terms, long nowMs) => purses.Purse(campaignId).MayHave(terms, nowMs);

        public bool TrySpend(string campaignId, in BudgetTerms terms, long nowMs) => purses.TrySpend(campaignId, terms, nowMs);

        public Task? Ask(string campaignId, in BudgetTerms terms, long nowMs)
        {
            Task? asked = purses.Purse(campaignId).Ask(terms, nowMs);
            if (asked is { IsCompleted: false })
            {
                purses.Asked?.Invoke(campaignId);
            }

            return asked;
        }

        public void Refund(string campaignId, in BudgetTerms terms) => purses.Refund(campaignId, terms);
    }
}
