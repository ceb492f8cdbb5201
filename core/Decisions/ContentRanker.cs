using System.Runtime.CompilerServices;
using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Learning;
using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.Core.Memory;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Decisions;

/// <summary>
/// Picks content: a pure function of the profile, the catalog, the shared knowledge and the request. The protocol:
/// <list type="number">
/// <item>What topics are worth in this context.</item>
/// <item>What goes with the client's last items.</item>
/// <item>What topics are worth to this client now, dense by topic number.</item>
/// <item>What is never picked: excluded, bought, dismissed, capped.</item>
/// <item>Candidates: those asked for, else those retrieved.</item>
/// <item>A score for each candidate that is live, with what outcomes taught where the placement says so; the best few are kept, or chosen by the placement's rules for the answer as a whole, with further candidates as long as these rules leave places.</item>
/// <item>The reasons of those few, whose contributions add up to the score.</item>
/// </list>
/// No step allocates once a thread is warm, and what a step reads was asked for some steps before.
/// </summary>
internal static class ContentRanker
{
    public const int DefaultCount = 10;

    /// <summary>Rows asked for before they are read: as many as a core fetches at once.</summary>
    private const int Ahead = 12;

    /// <summary>Leaves the picks in <see cref="DecisionScratch.Picks"/>.</summary>
    public static void Pick(in ContentQuery query, DecisionScratch scratch)
    {
        CatalogSnapshot catalog = query.Catalog;
        scratch.Candidates.Clear(CandidateRetrieval.Most(query, scratch));
        scratch.Recent.Clear();
        scratch.Interests.Clear(catalog.Topics.Count);
        scratch.Context.Clear(catalog.Topics.Count);
        scratch.Top.Clear(query.Count);
        if (!query.IsLate)
        {
            WeighContext(query, scratch.Context); // 1
            if (query.Profile is { } profile)
            {
                scratch.Recent.Find(profile, query); // 2
                WeighInterests(profile, query, scratch); // 3
            }
        }

        Learn(query, scratch.Learned);
        scratch.Selection.Begin(query);
        NeverPicked.Exclude(query, scratch); // 4
        CandidateRetrieval.Gather(query, scratch); // 5
        Rank(query, scratch); // 6
        int tries = FurtherRetrieval.Tries(query);
        while (scratch.Selection.IsOn && !scratch.Selection.Limits.IsClosed && !scratch.Top.IsFull && tries > 0 && scratch.Asked.Count == 0)
        {
            tries = FurtherRetrieval.Gather(query, scratch, tries);
            if (scratch.Candidates.Count == 0)
            {
                break;
            }

            Rank(query, scratch);
        }

        ReasonWriter.Write(query, scratch); // 7
    }

    private static void Rank(in ContentQuery query, DecisionScratch scratch)
    {
        if (query.IsLate)
        {
            TakeUnscored(query, scratch);
        }
        else
        {
            Score(query, scratch);
        }

        if (scratch.Selection.IsOn)
        {
            scratch.Selection.Choose(query.Catalog, scratch.Top);
        }
    }

    /// <summary>What an affinity is worth: odd, monotone, between -1 and 1, half of that at <see cref="RankingWeights.Half"/>.</summary>
    public static float Saturate(float affinity) => affinity / (Math.Abs(affinity) + RankingWeights.Half);

    private static void WeighInterests(ClientProfile profile, in ContentQuery query, DecisionScratch scratch)
    {
        InterestTable interests = profile.Interests;
        interests.Resolve(query.Catalog.Topics);
        long at = query.Allowed == DataCategories.All ? profile.ViewTime(query.NowMs) : query.NowMs;
        interests.Affinities(at, query.Allowed, scratch.Affinities);
        Span<float> weights = stackalloc float[TrustLadder.States];
        TrustLadder.Weights(query.Allowed, weights);
        ReadOnlySpan<InterestTable.Mark> marks = interests.Marks;
        for (int i = 0; i < marks.Length; i++)
        {
            InterestTable.Mark entry = marks[i];
            float affinity = scratch.Affinities[i] * weights[entry.State];
            if (entry.Slot >= 0 && affinity != 0)
            {
                scratch.Interests.Add(entry.Slot, RankingWeights.Interest * Saturate(affinity));
            }
        }
    }

    private static void WeighContext(in ContentQuery query, TopicTerms terms)
    {
        if (query.Request.Context is not { Topics.Count: > 0 } context)
        {
            return;
        }

        double sum = 0;
        for (int i = 0; i < context.Topics.Count; i++)
        {
            sum += context.Topics[i].Weight;
        }

        for (int i = 0; i < context.Topics.Count; i++)
        {
            if (query.Catalog.Topics.Find(context.Topics[i].Topic) is var topic and >= 0)
            {
                terms.Add(topic, (float)(RankingWeights.Context * context.Topics[i].Weight / sum));
            }
        }
    }

    private static void Learn(in ContentQuery query, LearnedRanking learned)
    {
        if (query.Learned is { } knowledge)
        {
            learned.Begin(knowledge, query);
        }
        else
        {
            learned.TurnOff();
        }
    }

    // Past the deadline: candidates as they come, which is the popular ones first.
    private static void TakeUnscored(in ContentQuery query, DecisionScratch scratch)
    {
        ReadOnlySpan<int> slots = scratch.Candidates.Slots;
        for (int place = 0; place < slots.Length && !scratch.Top.IsFull; place++)
        {
            if (slots[place] < 0 || !query.Catalog.Rows.At(slots[place]).IsLive(query.NowMs))
            {
                continue;
            }

            if (scratch.Selection.IsOn)
            {
                scratch.Selection.Offer(slots[place], -place, 0);
            }
            else
            {
                scratch.Top.Append(slots[place], -place, 0);
            }
        }
    }

    private static void Score(in ContentQuery query, DecisionScratch scratch)
    {
        CandidateSet candidates = scratch.Candidates;
        ChunkedArray<ItemRow> rows = query.Catalog.Rows;
        KnowledgeSnapshot knowledge = query.Knowledge;
        ReadOnlySpan<float> interests = scratch.Interests.Values;
        ReadOnlySpan<float> context = scratch.Context.Count > 0 ? scratch.Context.Values : default;
        long now = query.NowMs;
        double freshness = ItemRow.FreshnessScale(now);
        ReadOnlySpan<int> slots = candidates.Slots;
        ReadOnlySpan<float> coVisits = candidates.CoVisits;
        LearnedRanking? learned = scratch.Learned.Ranks ? scratch.Learned : null;
        int added = scratch.Learned.Candidates.Count;
        PickSelection? selection = scratch.Selection.IsOn ? scratch.Selection : null;
        TopScores top = scratch.Top;
        for (int place = 0; place < Math.Min(Ahead, slots.Length); place++)
        {
            Fetch(rows, knowledge, slots[place]);
        }

        for (int place = 0; place < slots.Length; place++)
        {
            if (place + Ahead < slots.Length)
            {
                Fetch(rows, knowledge, slots[place + Ahead]);
            }

            int slot = slots[place];
            if (slot < 0)
            {
                continue;
            }

            ref readonly ItemRow row = ref rows.At(slot);
            if (!row.IsLive(now))
            {
                continue;
            }

            float interest = Worth(row, interests);
            float contextual = context.IsEmpty ? 0 : Worth(row, context);
            if (row.HasMore)
            {
                CatalogItem item = query.Catalog.Items[slot]!;
                interest += Rest(item, interests);
                contextual += context.IsEmpty ? 0 : Rest(item, context);
            }

            (float coVisit, float popularity, float fresh) = (coVisits[place], Popularity(knowledge, slot), Freshness(row, freshness));
            if (learned is not null)
            {
                learned.Fetch(slot);
                learned.Candidates.Add(slot, interest, coVisit, popularity, fresh, contextual);
                continue;
            }

            float score = coVisit + popularity + fresh + interest + contextual;
            if (selection is not null)
            {
                selection.Offer(slot, score, coVisit);
            }
            else if (score >= top.Least)
            {
                top.Offer(slot, score, coVisit);
            }
        }

        learned?.Offer(added, query.Catalog, scratch);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fetch(ChunkedArray<ItemRow> rows, KnowledgeSnapshot knowledge, int slot)
    {
        if (slot >= 0)
        {
            Prefetch.Value(in rows.At(slot));
            Prefetch.Value(in knowledge.PopularityBySlot.At(slot));
        }
    }

    // Written out: a row is read a hundred times a decision. Places without a topic have topic 0 and no share of it.
    public static float Worth(in ItemRow row, ReadOnlySpan<float> terms)
    {
        ref readonly ItemRow.TopicShares topics = ref row.Topics;
        return (topics[0].Share * terms[topics[0].Topic])
            + (topics[1].Share * terms[topics[1].Topic])
            + (topics[2].Share * terms[topics[2].Topic])
            + (topics[3].Share * terms[topics[3].Topic])
            + (topics[4].Share * terms[topics[4].Topic]);
    }

    /// <summary>Topics past those in the row.</summary>
    public static float Rest(CatalogItem item, ReadOnlySpan<float> terms)
    {
        float sum = 0;
        foreach (ItemTopic topic in item.Topics.AsSpan(ItemRow.Inline))
        {
            sum += topic.Share * terms[topic.Topic];
        }

        return sum;
    }

    public static float Popularity(KnowledgeSnapshot knowledge, int slot) => RankingWeights.Popularity * knowledge.Popularity(slot);

    public static float Freshness(in ItemRow row, double scale) => RankingWeights.Freshness * row.Freshness(scale);
}
