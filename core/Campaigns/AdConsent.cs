using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Segments;
using Google.Protobuf.WellKnownTypes;

namespace Footprint.Grid.Core.Campaigns;

/// <summary>Whether a condition may have failed for what the client does not allow; told by the condition's paths alone.</summary>
internal static class AdConsent
{
    public static bool IsWithheld(Struct? targeting, DataCategories allowed) =>
        targeting is not null && !allowed.Permits(SegmentReads.OfTargeting(targeting));
}
