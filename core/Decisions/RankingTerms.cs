using System.Runtime.Intrinsics;
using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Decisions;

/// <summary>
/// The terms of the fixed ranking by kind, in the order of <see cref="PickFeatures"/>, with zeros up to a vector's length:
/// a hundred candidates a decision are weighed by them.
/// </summary>
internal static class RankingTerms
{
    private static readonly Vector256<float> _ranges = Of(PickFeatures.Ranges[0], PickFeatures.Ranges[1], PickFeatures.Ranges[2], PickFeatures.Ranges[3], PickFeatures.Ranges[4]);

    public static Vector256<float> Of(float interest, float coVisit, float popularity, float freshness, float context) =>
        Vector256.Create(interest, coVisit, popularity, freshness, context, 0, 0, 0);

    /// <summary>Within the ranges that learning knows.</summary>
    public static Vector256<float> Clamp(Vector256<float> terms) => Vector256.MinNative(Vector256.MaxNative(terms, -_ranges), _ranges);

    /// <summary>Of a candidate, as it is scored.</summary>
    public static Vector256<float> Of(in ContentQuery query, DecisionScratch scratch, int slot, float coVisit, double freshness)
    {
        ref readonly ItemRow row = ref query.Catalog.Rows.At(slot);
        return Of(
            Worth(query.Catalog, slot, row, scratch.Interests),
            coVisit,
            ContentRanker.Popularity(query.Knowledge, slot),
            ContentRanker.Freshness(row, freshness),
            scratch.Context.Count > 0 ? Worth(query.Catalog, slot, row, scratch.Context) : 0);
    }

    /// <summary>Of a pick, as its reasons say.</summary>
    public static void Of(Pick pick, Span<float> terms)
    {
        terms.Clear();
        for (int i = 0; i < pick.Reasons.Count; i++)
        {
            int term = pick.Reasons[i].Kind switch
            {
                Reason.Types.Kind.Interest => 0,
                Reason.Types.Kind.CoVisit => 1,
                Reason.Types.Kind.Popularity => 2,
                Reason.Types.Kind.Freshness => 3,
                Reason.Types.Kind.Context => 4,
                _ => -1,
            };
            if (term >= 0)
            {
                terms[term] += (float)pick.Reasons[i].Contribution;
            }
        }
    }

    private static float Worth(CatalogSnapshot catalog, int slot, in ItemRow row, TopicTerms terms) =>
        ContentRanker.Worth(row, terms.Values) + (row.HasMore ? ContentRanker.Rest(catalog.Items[slot]!, terms.Values) : 0);
}
