using Footprint.Grid.Core.Catalog;

namespace Footprint.Grid.Core.Decisions;

/// <summary>
/// Candidates once more, where a placement's quotas and caps turned away so many that places are left: of each topic that they
/// still admit, in an order that chance chooses, some of the most popular and of those most about it; then what
/// <see cref="Admission.Walk"/> comes across. Only what the limits admit now, and nothing that was picked.
/// </summary>
internal static class FurtherRetrieval
{
    /// <summary>Items and topics looked at in all the rounds of one decision.</summary>
    public const int MostTries = 5_000;

    private const int MostTriesWhenLate = 1_000;
    private const int OfOneTopic = 4;
    private const int TriesForOneTopic = 16;

    public static int Tries(in ContentQuery query) => query.IsLate ? MostTriesWhenLate : MostTries;

    /// <summary>Gives how many tries are left for a further round.</summary>
    public static int Gather(in ContentQuery query, DecisionScratch scratch, int tries)
    {
        scratch.Candidates.Clear(CandidateRetrieval.Most(query, scratch));
        NeverPicked.Exclude(query, scratch);
        for (int i = 0; i < scratch.Top.Count; i++)
        {
            scratch.Candidates.Exclude(scratch.Top[i].Slot);
        }

        int wanted = FilteredRetrieval.Wanted(query, scratch.Top.Count);
        tries = AddTopics(query, scratch, wanted, tries);
        var rest = new Admission(query, scratch, tries);
        rest.Walk(wanted);
        return rest.Tries;
    }

    // With half of the tries, so that the rest is for what has other topics beside exhausted ones, or none.
    private static int AddTopics(in ContentQuery query, DecisionScratch scratch, int wanted, int tries)
    {
        Span<int> slots = stackalloc int[TriesForOneTopic];
        int kept = tries / 2;
        var walk = new SlotWalk(query.Catalog.Topics.Count, query.Seed);
        for (int topic; scratch.Candidates.Count < wanted && tries > kept && (topic = walk.Next()) >= 0;)
        {
            tries--;
            if (!scratch.Selection.Limits.AdmitsTopic(topic) || query.Catalog.Postings[topic] is not { Count: > 0 } posting)
            {
                continue;
            }

            var admission = new Admission(query, scratch, Math.Min(tries - kept, TriesForOneTopic + LeadingSlots.Most));
            int before = admission.Tries;
            admission.Try(query.Knowledge.PopularByTopic.At(topic).Slots);
            admission.Try(slots[..posting.First(slots)], OfOneTopic);
            tries -= before - admission.Tries;
        }

        return tries;
    }
}
