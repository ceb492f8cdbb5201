using System.Numerics;

namespace Footprint.Grid.Core.Decisions;

/// <summary>
/// Why a pick goes with the last items: the two of these that say most, by their slots and what they say, and what all the others
/// say in one. Slots are below 0, and what is said 0, for what there is not.
/// </summary>
internal readonly record struct CoVisitTerms(int First, float OfFirst, int Second, float OfSecond, float OfRest)
{
    private const float Rounding = 1e-5f;

    public static CoVisitTerms Of(DecisionScratch scratch, int slot, float coVisit)
    {
        RecentNeighbours all = scratch.Recent;
        (int Slot, float Worth) first = (-1, 0), second = (-1, 0);
        int found = 0;
        for (uint sources = scratch.Candidates.Sources(slot); sources != 0 && BitOperations.TrailingZeroCount(sources) is var r && r < all.Count; sources &= sources - 1)
        {
            ref readonly RecentNeighbours.Entry recent = ref all[r];
            int at = recent.Slots.IndexOf(slot);
            if (at < 0)
            {
                continue;
            }

            found++;
            float worth = recent.Weight * recent.Strengths[at];
            if (worth > first.Worth)
            {
                (first, second) = ((recent.Slot, worth), first);
            }
            else if (worth > second.Worth)
            {
                second = (recent.Slot, worth);
            }
        }

        // Where nothing is left but what rounding leaves, nothing is said.
        float rest = coVisit - first.Worth - second.Worth;
        bool hasRest = (found > 2 || all.Count > CandidateSet.SourcesKnown) && rest > Rounding * coVisit;
        return new CoVisitTerms(first.Slot, first.Worth, second.Slot, second.Worth, hasRest ? rest : 0);
    }
}
