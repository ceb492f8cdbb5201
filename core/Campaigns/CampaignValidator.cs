using Footprint.Grid.Engine;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Campaigns;

/// <summary>Checks what campaigns and line items mean and gathers every fault.</summary>
public static class CampaignValidator
{
    /// <summary>Faults named from <c>campaigns[i]</c>.</summary>
    public static void Check(UpsertCampaignsRequest request, ICollection<Fault> faults) => throw new NotSupportedException();

    /// <summary>Faults named from <c>lineItems[i]</c>; the rest of the request is not looked at.</summary>
    public static void CheckLineItems(TargetAdsRequest request, ICollection<Fault> faults) => throw new NotSupportedException();
}
