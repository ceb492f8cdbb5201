using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Storage.V1;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Core.Disclosures;

/// <summary>What kinds of facts an answer gives, or could be made from: those of which something is known that may be used.</summary>
internal static class KnownCategories
{
    public static DataCategories Of(ClientProfile profile, DataCategories allowed)
    {
        DataCategories found = profile.Interests.Categories(allowed);
        for (int i = 0; i < profile.Traits.All.Count; i++)
        {
            StoredTrait trait = profile.Traits.All[i];
            found |= trait.Trust != Trust.Rejected && profile.Traits.Holds(trait, allowed) ? TraitTable.Categories(trait) : DataCategories.None;
        }

        for (int i = 0; i < profile.Counters.All.Count; i++)
        {
            found |= If(allowed, profile.Counters.All[i].Categories);
        }

        for (int i = 0; i < profile.RecentItems.Count; i++)
        {
            found |= If(allowed, profile.RecentItems[i].Categories);
        }

        found |= profile.Money.Categories(allowed);
        if (profile.Impressions.Count + profile.AdImpressions.Count + profile.ContentImpressions.Count > 0)
        {
            found |= If(allowed, DataCategories.Behaviour);
        }

        foreach (DataCategories conversion in profile.AdAnswers?.Conversions ?? [])
        {
            found |= If(allowed, conversion);
        }

        // Who may not use everything gets no segments, and of what they go by what it may use is here already.
        if (allowed == DataCategories.All && !profile.Segments.All.IsEmpty)
        {
            found |= DataCategories.Inferred;
        }

        // When the client was seen mixes all acts.
        return profile.HasEvents && allowed.Permits(DataCategories.Acts) ? found | DataCategories.Behaviour : found;
    }

    private static DataCategories If(DataCategories allowed, DataCategories fact) => allowed.Permits(fact) ? fact : DataCategories.None;
}
