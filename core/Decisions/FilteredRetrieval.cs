using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Core.Conditions;

namespace Footprint.Grid.Core.Decisions;

/// <summary>
/// Candidates of a request with a filter, which is tried before an item takes a place among them: what goes with the client's
/// last items; the items most about the strongest topics of interest and context, each topic's list followed further than
/// without a filter; the popular and the new; then the catalog from a place that chance chooses, until there are enough.
/// The filter is tried <see cref="MostTries"/> times at the most, so one that keeps an item in a thousand still finds
/// twenty, and one that keeps nothing costs no more.
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
        CandidateSet candidates = scratch.Candidates;
        int asked = query.Request.Candidates.Count;
        for (int i = 0; i < asked; i++)
        {
            if (query.Catalog.Ids.Find(query.Request.Candidates[i]) is var slot and >= 0 && Keeps(query, scratch, slot))
            {
                candidates.Add(slot);
            }
        }

        int tries = query.IsLate ? MostTriesWhenLate : MostTries;
        AddNeighbours(query, scratch, asked > 0, ref tries);
        if (asked > 0)
        {
            return;
        }

        AddTopics(query, scratch, scratch.Interests, ref tries);
        AddTopics(query, scratch, scratch.Context, ref tries);
        Add(query, scratch, query.Knowledge.Popular, int.MaxValue, ref tries);
        Add(query, scratch, query.Catalog.Fresh, int.MaxValue, ref tries);

        int picks = query.Request.Count > 0 ? query.Request.Count : ContentRanker.DefaultCount;
        int wanted = Math.Max(Enough, EnoughForOnePick * picks);
        int slots = query.Catalog.Ids.Count;
        int start = slots > 0 ? (int)(query.Seed % (ulong)slots) : 0;
        for (int i = 0; i < slots && tries > 0 && candidates.Count < wanted; i++)
        {
            Try(query, scratch, start + i < slots ? start + i : start + i - slots, ref tries);
        }
    }

    private static void AddNeighbours(in ContentQuery query, DecisionScratch scratch, bool onlyCandidates, ref int tries)
    {
        for (int r = 0; r < scratch.Recent.Count; r++)
        {
            ref readonly RecentNeighbours.Entry recent = ref scratch.Recent[r];
            for (int i = 0; i < recent.Slots.Length; i++)
            {
                float term = recent.Weight * recent.Strengths[i];
                if (onlyCandidates)
                {
                    scratch.Candidates.AddIfIn(recent.Slots[i], term);
                }
                else if (tries-- > 0 && Keeps(query, scratch, recent.Slots[i]))
                {
                    scratch.Candidates.Add(recent.Slots[i], term);
                }
            }
        }
    }

    private static void AddTopics(in ContentQuery query, DecisionScratch scratch, TopicTerms terms, ref int tries)
    {
        Span<int> strongest = stackalloc int[CandidateRetrieval.StrongestTopics];
        Span<int> slots = stackalloc int[TriesForOneTopic];
        foreach (int topic in strongest[..CandidateRetrieval.Strongest(terms, strongest)])
        {
            Add(query, scratch, query.Knowledge.PopularByTopic.At(topic).Slots, EnoughForOneTopic, ref tries);
            Add(query, scratch, slots[..(query.Catalog.Postings[topic]?.First(slots) ?? 0)], EnoughForOneTopic, ref tries);
        }
    }

    private static void Add(in ContentQuery query, DecisionScratch scratch, ReadOnlySpan<int> slots, int most, ref int tries)
    {
        for (int i = 0; i < slots.Length && tries > 0 && most > 0; i++)
        {
            most -= Try(query, scratch, slots[i], ref tries) ? 1 : 0;
        }
    }

    private static bool Try(in ContentQuery query, DecisionScratch scratch, int slot, ref int tries)
    {
        tries--;
        if (!Keeps(query, scratch, slot))
        {
            return false;
        }

        scratch.Candidates.Add(slot);
        return true;
    }

    private static bool Keeps(in ContentQuery query, DecisionScratch scratch, int slot)
    {
        if (!query.Catalog.Rows.At(slot).IsLive(query.NowMs) || query.Catalog.Items[slot] is not { } item)
        {
            return false;
        }

        ItemAttributes attributes = scratch.Item;
        attributes.Set(item, query.Catalog.Topics);
        return query.Filter!.Evaluate(attributes);
    }
}
