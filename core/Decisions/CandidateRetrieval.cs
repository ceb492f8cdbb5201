using Footprint.Grid.Core.Learning;

namespace Footprint.Grid.Core.Decisions;

/// <summary>
/// Which items are worth a score. Without candidates in the request: those that are most about, and most popular in, the
/// client's strongest topics and the topics of the context, what goes most with the client's last items, the popular and
/// the new. How many does not depend on the size of the catalog.
/// </summary>
internal static class CandidateRetrieval
{
    internal const int StrongestTopics = 6;
    private const int Popular = 10;
    private const int Fresh = 4;

    /// <summary>A catalog of no more than that is looked at whole.</summary>
    private const int Fewest = 64;

    private const int MostTries = 10_000;

    // Twice six topics with six items each, and some.
    private const int Rest = 136;

    /// <summary>How many items a decision comes across at the most.</summary>
    public static int Most(in ContentQuery query, DecisionScratch scratch) =>
        scratch.Asked.Count
        + (4 * (query.Request.Exclude.Count + query.Request.Count))
        + (query.Spent is { RecentItems.Count: var recent } ? recent + RecentNeighbours.MostHeads(recent) : 0)
        + (4 * (query.Counted?.Count ?? 0))
        + Popular + Fresh + Fewest + Rest;

    public static void Gather(in ContentQuery query, DecisionScratch scratch)
    {
        if (query.Filter is not null)
        {
            FilteredRetrieval.Gather(query, scratch);
            return;
        }

        CandidateSet candidates = scratch.Candidates;
        if (scratch.Asked.Count > 0)
        {
            foreach (int slot in scratch.Asked.Slots)
            {
                if (slot >= 0)
                {
                    candidates.Add(slot);
                }
            }

            AddRest(scratch, withHeads: true);
            return;
        }

        AddNeighbours(scratch);
        AddTopics(query, scratch.Interests, candidates);
        AddTopics(query, scratch.Context, candidates);

        // As many more as are excluded or asked for, so that enough are left.
        int extra = query.Request.Exclude.Count + query.Request.Count + (scratch.Selection.IsOn ? scratch.Selection.Limits.Capped : 0);
        candidates.Add(query.Knowledge.Popular.AsSpan(0, Math.Min(Popular + extra, query.Knowledge.Popular.Length)));
        candidates.Add(query.Catalog.Fresh.AsSpan(0, Math.Min(Fresh + extra, query.Catalog.Fresh.Length)));

        FillUp(query, candidates, extra);
        AddRest(scratch, withHeads: false);
        candidates.Prune(RecentNeighbours.MostScored + extra);
    }

    private static void AddNeighbours(DecisionScratch scratch)
    {
        for (int r = 0; r < scratch.Recent.Count; r++)
        {
            ref readonly RecentNeighbours.Entry recent = ref scratch.Recent[r];
            ReadOnlySpan<int> slots = recent.Slots[..recent.HeadCount];
            ReadOnlySpan<float> strengths = recent.Strengths;
            for (int i = 0; i < slots.Length; i++)
            {
                scratch.Candidates.Add(slots[i], recent.Weight * strengths[i], r);
            }
        }
    }

    /// <summary>Adds what goes with the recent items to those that are candidates, when all are.</summary>
    /// <param name="scratch">Of the decision.</param>
    /// <param name="withHeads">False when those that become candidates were added with what they are worth.</param>
    internal static void AddRest(DecisionScratch scratch, bool withHeads)
    {
        for (int r = 0; r < scratch.Recent.Count; r++)
        {
            ref readonly RecentNeighbours.Entry recent = ref scratch.Recent[r];
            ReadOnlySpan<int> slots = recent.Slots;
            ReadOnlySpan<float> strengths = recent.Strengths;
            for (int i = withHeads ? 0 : recent.HeadCount; i < slots.Length; i++)
            {
                scratch.Candidates.AddIfIn(slots[i], recent.Weight * strengths[i], r);
            }
        }
    }

    private static void AddTopics(in ContentQuery query, TopicTerms terms, CandidateSet candidates)
    {
        Span<int> strongest = stackalloc int[StrongestTopics];
        int count = Strongest(terms, strongest);
        foreach (int topic in strongest[..count])
        {
            candidates.Add(query.Catalog.Leads.At(topic).Slots);
            candidates.Add(query.Knowledge.PopularByTopic.At(topic).Slots);
        }
    }

    // A small catalog, or one that nobody has told anything about, still gives its picks, also when most of it is over.
    private static void FillUp(in ContentQuery query, CandidateSet candidates, int extra)
    {
        int wanted = Fewest + extra;
        for (int slot = 0; slot < Math.Min(query.Catalog.Ids.Count, MostTries) && candidates.Count < wanted; slot++)
        {
            if (query.Catalog.Rows.At(slot).IsLive(query.NowMs))
            {
                candidates.Add(slot);
            }
        }
    }

    /// <summary>
    /// The topics of the highest terms; of equal ones those with the lower numbers, for the order in which they were set
    /// is that of the profile's interests, in which what is withheld has a part.
    /// </summary>
    internal static int Strongest(TopicTerms terms, Span<int> strongest)
    {
        float[] values = terms.Values;
        int count = 0;
        foreach (int topic in terms.Topics)
        {
            if (values[topic] <= 0 || (count == strongest.Length && !IsStronger(values, topic, strongest[count - 1])))
            {
                continue;
            }

            int at = count < strongest.Length ? count++ : count - 1;
            for (; at > 0 && IsStronger(values, topic, strongest[at - 1]); at--)
            {
                strongest[at] = strongest[at - 1];
            }

            strongest[at] = topic;
        }

        return count;
    }

    private static bool IsStronger(float[] values, int topic, int than) =>
        values[topic] > values[than] || (values[topic] == values[than] && topic < than);
}
