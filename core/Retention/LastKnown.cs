using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Storage.V1;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Core.Retention;

/// <summary>When something was last heard of a client, from which its idleness counts.</summary>
internal static class LastKnown
{
    /// <summary>
    /// The time of the last event of which anything is kept, also of one that left a trait or an answer alone. Of a client without
    /// any: when it was last asked or shown something, or something of it was disclosed. These do not make a client with
    /// events less idle, for it is not the one who acts. What the client refused is passed over. Where nothing bears a time, as
    /// with a country alone: since retention first found so; 0 before.
    /// </summary>
    public static long Ms(ClientProfile profile)
    {
        long last = Math.Max(profile.LastSeenMs, profile.Interests.LastMs);
        foreach (StoredTrait trait in profile.Traits.All)
        {
            last = trait.Trust == Trust.Rejected ? last : Math.Max(last, trait.TimeMs);
        }

        foreach (StoredProbe probe in profile.Probes?.Topics ?? [])
        {
            last = Math.Max(last, probe.AnsweredMs);
        }

        if (last > 0)
        {
            return last;
        }

        foreach (StoredDisclosure row in profile.Disclosures.All)
        {
            last = Math.Max(last, row.LastMs);
        }

        last = Math.Max(last, profile.Probes?.LastAskedMs ?? 0);
        last = Math.Max(last, profile.ShownPicks.Count > 0 ? profile.ShownPicks[^1].TimeMs : 0);
        last = Math.Max(Math.Max(last, profile.Impressions.LastMs), Math.Max(profile.AdImpressions.LastMs, profile.ContentImpressions.LastMs));
        return last > 0 ? last : profile.IdleFromMs;
    }
}
