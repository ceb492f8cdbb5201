using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Profiles;

namespace Footprint.Grid.Core.Decisions;

/// <summary>Keeps out of the candidates what the request excludes, what the client bought or dismissed, and what caps hold back.</summary>
internal static class NeverPicked
{
    public static void Exclude(in ContentQuery query, DecisionScratch scratch)
    {
        CandidateSet candidates = scratch.Candidates;
        for (int i = 0; i < query.Request.Exclude.Count; i++)
        {
            if (query.Catalog.Ids.Find(query.Request.Exclude[i]) is var slot and >= 0)
            {
                candidates.Exclude(slot);
            }
        }

        if (scratch.Selection.IsOn)
        {
            scratch.Selection.Limits.Exclude(candidates);
        }

        if (query.Spent is not { RecentItems.HasSpent: true } profile)
        {
            return;
        }

        profile.RecentItems.Resolve(query.Catalog.Ids);
        for (int i = 0; i < profile.RecentItems.Count; i++)
        {
            ref RecentItems.Entry entry = ref profile.RecentItems[i];
            if (entry.Spent && entry.Slot >= 0 && query.Allowed.Permits(entry.Categories))
            {
                candidates.Exclude(entry.Slot);
            }
        }
    }
}
