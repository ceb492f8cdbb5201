using Footprint.Grid.Core.Conditions;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Campaigns;

/// <summary>
/// Checks what campaigns and line items mean and gathers every fault, up to <see cref="CampaignLimits.MaxFaults"/>. That a
/// tenant's campaigns stay within <see cref="CampaignSet.MaxCampaigns"/> is for <see cref="CampaignSet.With"/> to see.
/// </summary>
public static class CampaignValidator
{
    /// <summary>Faults named from <c>campaigns[i]</c>.</summary>
    public static void Check(UpsertCampaignsRequest request, ICollection<Fault> faults)
    {
        if (request.Campaigns.Count is 0 or > CampaignLimits.MaxPerRequest)
        {
            faults.Add(new Fault(
                "campaigns", $"campaigns must hold 1 to {CampaignLimits.MaxPerRequest}.", $"1..{CampaignLimits.MaxPerRequest}"));
            return;
        }

        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < request.Campaigns.Count && faults.Count < CampaignLimits.MaxFaults; i++)
        {
            Campaign campaign = request.Campaigns[i];
            var check = new AdCheck(faults, "campaigns", i);
            check.Id(campaign.CampaignId, ".campaignId", ids);
            check.Name(campaign.Name);
            check.Placements(campaign.Placements);
            check.Topics(campaign.Topics);
            check.Schedule(campaign.StartTime, campaign.EndTime);
            check.Caps(campaign.FrequencyCaps);
            check.Bid(campaign.Bid);
            check.Budget(campaign.Budget, campaign.Bid);
            check.Rank(campaign.Priority, campaign.CompetitiveGroup);
            new ServingCheck(check, campaign).Check();
            if (campaign.Targeting is not null)
            {
                Condition.Compile(campaign.Targeting, faults, $"campaigns[{i}].targeting");
            }
        }
    }

    /// <summary>Faults named from <c>lineItems[i]</c>; the rest of the request is not looked at.</summary>
    public static void CheckLineItems(TargetAdsRequest request, ICollection<Fault> faults)
    {
        if (request.LineItems.Count > CampaignLimits.MaxPerRequest)
        {
            faults.Add(new Fault(
                "lineItems", $"lineItems must hold at most {CampaignLimits.MaxPerRequest}.", $"{CampaignLimits.MaxPerRequest}"));
            return;
        }

        HashSet<string>? ids = request.LineItems.Count > 1 ? new HashSet<string>(StringComparer.Ordinal) : null;
        for (int i = 0; i < request.LineItems.Count && faults.Count < CampaignLimits.MaxFaults; i++)
        {
            LineItem lineItem = request.LineItems[i];
            var check = new AdCheck(faults, "lineItems", i);
            check.Id(lineItem.LineItemId, ".lineItemId", ids);
            check.Topics(lineItem.Topics);
            check.Schedule(lineItem.StartTime, lineItem.EndTime);
            check.Caps(lineItem.FrequencyCaps);
            check.Bid(lineItem.Bid);
            check.Rank(lineItem.Priority, lineItem.CompetitiveGroup);
            if (lineItem.Targeting is not null && ConditionCache.Shared.Find(lineItem.Targeting) is null)
            {
                Condition.Compile(lineItem.Targeting, faults, $"lineItems[{i}].targeting");
            }
        }
    }
}
