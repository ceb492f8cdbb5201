using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Decisions;

/// <summary>The terms of the fixed ranking by kind, in the order of <see cref="PickFeatures"/>; read where a placement learns.</summary>
internal static class RankingTerms
{
    /// <summary>Of a candidate, as it is scored.</summary>
    public static void Of(in ContentQuery query, DecisionScratch scratch, int slot, float coVisit, double freshness, Span<float> terms)
    {
        ref readonly ItemRow row = ref query.Catalog.Rows.At(slot);
        terms[0] = Worth(query.Catalog, slot, row, scratch.Interests);
        terms[1] = coVisit;
        terms[2] = ContentRanker.Popularity(query.Knowledge, slot);
        terms[3] = ContentRanker.Freshness(row, freshness);
        terms[4] = scratch.Context.Count > 0 ? Worth(query.Catalog, slot, row, scratch.Context) : 0;
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

    private static float Worth(CatalogSnapshot catalog, int slot, in ItemRow row, TopicTerms terms)
    {
        float sum = ContentRanker.Worth(row, terms.Values);
        if (row.HasMore)
        {
            foreach (ItemTopic rest in catalog.Items[slot]!.Topics.AsSpan(ItemRow.Inline))
            {
                sum += rest.Share * terms.Values[rest.Topic];
            }
        }

        return sum;
    }
}
