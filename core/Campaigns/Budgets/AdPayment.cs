using Footprint.Grid.V1;
using Refusal = Footprint.Grid.V1.TargetAdsResponse.Types.Refusal;

namespace Footprint.Grid.Core.Campaigns.Budgets;

/// <summary>Charges budgets for what a decision shows.</summary>
internal static class AdPayment
{
    /// <summary>
    /// Pays for each pick whose campaign has a budget; a pick that cannot be paid here is left out. False when one was, so
    /// that its place is empty; <paramref name="asked"/> then ends when what was asked for is answered, and is null when nobody
    /// was asked because another decision just took the last.
    /// </summary>
    public static bool Pay(TargetAdsResponse response, CampaignSet campaigns, ISpending? spending, long nowMs, bool explain, out Task? asked)
    {
        asked = null;
        int count = response.Picks.Count;
        for (int i = response.Picks.Count - 1; i >= 0; i--)
        {
            string id = response.Picks[i].CampaignId;
            if (id.Length > 0 && campaigns.Budget(id) is { } terms && spending?.TrySpend(id, terms, nowMs) != true)
            {
                response.Picks.RemoveAt(i);
                Task? answer = spending?.Ask(id, terms, nowMs);
                asked = asked is not null && answer is not null ? Task.WhenAll(asked, answer) : asked ?? answer;
                if (explain)
                {
                    response.Refusals.Add(new Refusal { CampaignId = id, Cause = Refusal.Types.Cause.Budget });
                }
            }
        }

        return response.Picks.Count == count;
    }

    /// <summary>Gives back what <see cref="Pay"/> took: nothing is shown.</summary>
    public static void Refund(TargetAdsResponse response, CampaignSet campaigns, ISpending? spending)
    {
        foreach (AdPick pick in response.Picks)
        {
            if (pick.CampaignId.Length > 0 && campaigns.Budget(pick.CampaignId) is { } terms)
            {
                spending?.Refund(pick.CampaignId, terms);
            }
        }
    }
}
