namespace Footprint.Grid.Core.Decisions;

/// <summary>
/// Candidates of a request with a filter, which is tried before an item takes a place among them: what goes with the client's
/// last items; the items most about the strongest topics of interest and context, each topic's list followed further than
/// without a filter; the popular and the new; then what the filter names by id or topic, else the whole catalog in steps that
/// lie evenly, until there are enough. The filter is tried <see cref="MostTries"/> times at the most, at least three quarters
/// of them in the last step, so one that keeps an item in a hundred still finds a hundred, however the catalog was
/// loaded, and one that keeps nothing costs no more.
/// </summary>
internal static class FilteredRetrieval
{
    /// <summary>Items that the filter is tried on in one decision, candidates of the request aside.</summary>
    public const int MostTries = 20_000;

    private const int MostTriesWhenLate = 2_000;
    private const int EnoughForOnePick = 4;
    private const int Enough = 64;
    private const int TriesForOneTopic = 1_000;
    private const int EnoughForOneTopic = 24;

    public static void Gather(in ContentQuery query, DecisionScratch scratch)
    {
        int most = query.IsLate ? MostTriesWhenLate : MostTries;
        if (scratch.Asked.Count > 0)
        {
            var asked = new Admission(query, scratch, scratch.Asked.Count);
            foreach (int slot in scratch.Asked.Slots)
            {
                if (slot >= 0)
                {
                    asked.Try(slot);
                }
            }

            CandidateRetrieval.AddRest(scratch, withHeads: true);
            return;
        }

        // What is left of a quarter is for the rest.
        var admission = new Admission(query, scratch, most / 4);
        AddNeighbours(scratch, ref admission);
        admission.Try(query.Knowledge.Popular);
        admission.Try(query.Catalog.Fresh);
        AddTopics(query, scratch.Interests, ref admission);
        AddTopics(query, scratch.Context, ref admission);

        var rest = new Admission(query, scratch, most - (most / 4) + Math.Max(0, admission.Tries));
        rest.Walk(Wanted(query, 0));
        CandidateRetrieval.AddRest(scratch, withHeads: false);
        scratch.Candidates.Prune(RecentNeighbours.MostScored + Wanted(query, 0));
    }

    /// <summary>How many candidates are enough when there are so many picks already.</summary>
    public static int Wanted(in ContentQuery query, int picks) =>
        Math.Max(Enough, EnoughForOnePick * (query.Count - picks));

    private static void AddNeighbours(DecisionScratch scratch, ref Admission admission)
    {
        for (int r = 0; r < scratch.Recent.Count; r++)
        {
            ref readonly RecentNeighbours.Entry recent = ref scratch.Recent[r];
            for (int i = 0; i < recent.HeadCount && !admission.IsOver; i++)
            {
                admission.Try(recent.Slots[i], recent.Weight * recent.Strengths[i], r);
            }
        }
    }

    private static void AddTopics(in ContentQuery query, TopicTerms terms, ref Admission admission)
    {
        Span<int> strongest = stackalloc int[CandidateRetrieval.StrongestTopics];
        Span<int> slots = stackalloc int[TriesForOneTopic];
        foreach (int topic in strongest[..CandidateRetrieval.Strongest(terms, strongest)])
        {
            admission.Try(query.Knowledge.PopularByTopic.At(topic).Slots, EnoughForOneTopic);
            admission.Try(slots[..(query.Catalog.Postings[topic]?.First(slots) ?? 0)], EnoughForOneTopic);
        }
    }
}
