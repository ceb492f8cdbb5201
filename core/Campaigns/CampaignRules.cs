using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Hashing;
using Footprint.Grid.V1;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Cause = Footprint.Grid.V1.TargetAdsResponse.Types.Refusal.Types.Cause;

namespace Footprint.Grid.Core.Campaigns;

/// <summary>Whether a campaign or line item may be shown to a client now.</summary>
internal static class CampaignRules
{
    /// <summary>
    /// The first rule broken, in the order schedule (start inclusive, end exclusive), daypart, placement, channel, place,
    /// holdout, targeting, dismissed, converted, frequency caps, budget; <see cref="Cause.Unspecified"/> when it is eligible.
    /// </summary>
    public static Cause Check(in Ad ad, in AdAudience audience, string placement)
    {
        if (audience.NowMs < ad.StartMs || audience.NowMs >= ad.EndMs)
        {
            return Cause.Schedule;
        }

        if (ad.Hours is { } hours && !hours.Has(audience.NowMs))
        {
            return Cause.Daypart;
        }

        if (ad.Placements is { Count: > 0 } placements && !placements.Contains(placement))
        {
            return Cause.Placement;
        }

        if (ad.Channels is { } channels && !channels.Contains(audience.Context?.Channel ?? FootprintEvent.Types.Channel.Unspecified))
        {
            return Cause.Channel;
        }

        if (ad.Places is { } places && !Places.Has(places, audience.Context))
        {
            return Cause.Place;
        }

        if (audience.IsHeldOut || StableHash.IsIn(ad.HoldoutShare, ad.Id, audience.ClientId))
        {
            return Cause.Holdout;
        }

        if (!ad.Condition.Evaluate(audience.Attributes))
        {
            return Cause.Targeting;
        }

        if (audience.Answers is { } answers)
        {
            if (answers.IsDismissed(ad.Kind, ad.Id))
            {
                return Cause.Dismissed;
            }

            if (audience.Impressions is not null && answers.IsConverted(ad.Kind, ad.Id, audience.Allowed))
            {
                return Cause.Converted;
            }
        }

        // A cap that may not be counted cannot be kept, so nothing capped is shown: by the rules alone, whatever was shown before.
        if (ad.Caps.Count > 0
            && (!audience.Allowed.Permits(DataCategories.Behaviour)
                || (audience.Impressions is { } impressions ? IsCapped(ad, impressions, audience.Recipient, audience.NowMs) : audience.ClientId.Length > 0)))
        {
            return Cause.FrequencyCap;
        }

        return ad.Budget is { } budget && audience.Spending?.Has(ad.Id, budget, audience.NowMs) != true ? Cause.Budget : Cause.Unspecified;
    }

    private static bool IsCapped(in Ad ad, IImpressionCounter impressions, string recipient, long nowMs)
    {
        for (int i = 0; i < ad.Caps.Count; i++)
        {
            FrequencyCap cap = ad.Caps[i];
            if (impressions.Count(ad.Kind, ad.Id, recipient, nowMs - CeilingMs(cap.Window)) >= cap.Count)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>As long after an impression these caps may count it, in milliseconds; 0 without any.</summary>
    public static long LongestWindowMs(RepeatedField<FrequencyCap> caps)
    {
        long longest = 0;
        for (int i = 0; i < caps.Count; i++)
        {
            longest = Math.Max(longest, CeilingMs(caps[i].Window));
        }

        return longest;
    }

    /// <summary>An impression in whole milliseconds is within a window exactly when it is within the window rounded up.</summary>
    public static long CeilingMs(Duration? window) => window is null ? 0 : (window.Seconds * 1000) + ((window.Nanos + 999_999) / 1_000_000);
}
