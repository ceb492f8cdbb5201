using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Campaigns;

/// <summary>Chooses the campaigns and line items for a slot.</summary>
public static class AdTargeting
{
    /// <summary>Adds the picks, best first, and with <c>explain</c> the refusals to the response; sets nothing else in it.</summary>
    public static void Target(in AdAudience audience, CampaignSet campaigns, TargetAdsRequest request, TargetAdsResponse response) =>
        throw new NotSupportedException();
}
