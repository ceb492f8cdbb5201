using Footprint.Grid.Core.Conditions;
using Footprint.Grid.V1;
using Refusal = Footprint.Grid.V1.TargetAdsResponse.Types.Refusal;

namespace Footprint.Grid.Core.Campaigns;

/// <summary>
/// Chooses the campaigns and line items for a slot: eligible ones by priority tier, then by expected value
/// (<see cref="AdScore"/>), then by predicted response, highest first, equal ones by id (ordinal) and a campaign before a
/// line item of the same id; one of each competitive group at most. Depends on nothing but its arguments.
/// </summary>
public static class AdTargeting
{
    /// <summary>
    /// Adds the picks, best first, and with <c>explain</c> the refusals to the response; sets nothing else in it. The
    /// request was validated. A pick's contributions add up to its score exactly, in their order.
    /// </summary>
    public static void Target(in AdAudience audience, CampaignSet campaigns, TargetAdsRequest request, TargetAdsResponse response)
    {
        var choice = new AdChoice(audience, request, response);

        // 1. Gather the candidates and keep the best eligible ones, without a word of why.
        if (request.Campaigns.Count == 0 && request.LineItems.Count == 0)
        {
            ConsiderAll(campaigns, request, ref choice);
        }

        for (int i = 0; i < request.Campaigns.Count; i++)
        {
            int at = campaigns.IndexOf(request.Campaigns[i]);
            if (at >= 0)
            {
                choice.Consider(campaigns.Ads[at]);
            }
            else if (request.Explain)
            {
                response.Refusals.Add(new Refusal { CampaignId = request.Campaigns[i], Cause = Refusal.Types.Cause.Unknown });
            }
        }

        for (int i = 0; i < request.LineItems.Count; i++)
        {
            LineItem lineItem = request.LineItems[i];
            Condition? condition = lineItem.Targeting is null ? Condition.Always : ConditionCache.Shared.Find(lineItem.Targeting);
            choice.Consider(new Ad(lineItem, condition ?? Condition.Never));
        }

        // 2. Give the reasons of those few.
        choice.Answer();
    }

    // Those for other placements are not even looked at, unless somebody wants to know why.
    private static void ConsiderAll(CampaignSet campaigns, TargetAdsRequest request, ref AdChoice choice)
    {
        ReadOnlySpan<Ad> ads = campaigns.Ads;
        if (request.Explain)
        {
            foreach (ref readonly Ad ad in ads)
            {
                choice.Consider(ad);
            }

            return;
        }

        foreach (int at in campaigns.Placements.Anywhere)
        {
            choice.Consider(ads[at]);
        }

        foreach (int at in campaigns.Placements.Only(request.Placement))
        {
            choice.Consider(ads[at]);
        }
    }
}
