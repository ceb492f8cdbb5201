using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Core.Learning;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Decisions;

/// <summary>
/// Picks content: a pure function of the profile, the catalog, the shared knowledge and the request. The protocol:
/// <list type="number">
/// <item>What topics are worth to this client now, dense by topic number.</item>
/// <item>What topics are worth in this context.</item>
/// <item>What goes with the client's last items.</item>
/// <item>What is never picked: excluded, bought, dismissed.</item>
/// <item>Candidates: those asked for, else those retrieved.</item>
/// <item>A score for each candidate that is live; the best few are kept.</item>
/// <item>The reasons of those few, whose contributions add up to the score.</item>
/// </list>
/// No step allocates once a thread is warm.
/// </summary>
internal static class ContentRanker
{
    public const int DefaultCount = 10;

    public static void Pick(in ContentQuery query, PickContentResponse response)
    {
        DecisionScratch scratch = DecisionScratch.OfThread;
        CatalogSnapshot catalog = query.Catalog;
        scratch.Candidates.Clear();
        scratch.Recent.Clear();
        scratch.Interests.Clear(catalog.Topics.Count);
        scratch.Context.Clear(catalog.Topics.Count);
        scratch.Top.Clear(query.Request.Count > 0 ? query.Request.Count : DefaultCount);
        if (!query.IsLate)
        {
            WeighContext(query, scratch.Context); // 2
            if (query.Profile is { } profile)
            {
                WeighInterests(profile, query, scratch); // 1
                FindRecent(profile, query, scratch.Recent); // 3
            }
        }

        Exclude(query, scratch.Candidates); // 4
        CandidateRetrieval.Gather(query, scratch); // 5
        Score(query, scratch); // 6
        ReasonWriter.Write(query, scratch, response); // 7
    }

    /// <summary>What an affinity is worth: odd, monotone, between -1 and 1, half of that at <see cref="RankingWeights.Half"/>.</summary>
    public static float Saturate(float affinity) => affinity / (Math.Abs(affinity) + RankingWeights.Half);

    private static void WeighInterests(ClientProfile profile, in ContentQuery query, DecisionScratch scratch)
    {
        InterestTable interests = profile.Interests;
        interests.Resolve(query.Catalog.Topics);
        interests.Affinities(profile.ViewTime(query.NowMs), scratch.Affinities);
        ReadOnlySpan<InterestTable.Mark> marks = interests.Marks;
        for (int i = 0; i < marks.Length; i++)
        {
            InterestTable.Mark entry = marks[i];
            float affinity = scratch.Affinities[i];
            if (entry.Slot < 0 || affinity == 0 || entry.Trust == Interest.Types.Trust.Rejected)
            {
                continue;
            }

            float said = entry.Trust switch
            {
                Interest.Types.Trust.Confirmed => RankingWeights.Confirmed,
                Interest.Types.Trust.Declared => RankingWeights.Declared,
                _ => 1,
            };
            scratch.Interests.Add(entry.Slot, RankingWeights.Interest * Saturate(affinity * said));
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

    private static void FindRecent(ClientProfile profile, in ContentQuery query, RecentNeighbours recent)
    {
        RecentItems items = profile.RecentItems;
        items.Resolve(query.Catalog.Ids);
        for (int i = items.Count - 1; i >= 0 && !recent.IsFull; i--)
        {
            ref RecentItems.Entry entry = ref items[i];
            if (entry.Slot >= 0 && !entry.IsDisliked && !recent.Has(entry.Slot))
            {
                recent.Add(entry.Slot, entry.ItemId, query.Knowledge.NeighboursBySlot[entry.Slot]);
            }
        }
    }

    private static void Exclude(in ContentQuery query, CandidateSet candidates)
    {
        for (int i = 0; i < query.Request.Exclude.Count; i++)
        {
            if (query.Catalog.Ids.Find(query.Request.Exclude[i]) is var slot and >= 0)
            {
                candidates.Exclude(slot);
            }
        }

        if (query.Profile is not { } profile)
        {
            return;
        }

        for (int i = 0; i < profile.RecentItems.Count; i++)
        {
            ref RecentItems.Entry entry = ref profile.RecentItems[i];
            if (entry.Spent && entry.Slot >= 0)
            {
                candidates.Exclude(entry.Slot);
            }
        }
    }

    private static void Score(in ContentQuery query, DecisionScratch scratch)
    {
        CandidateSet candidates = scratch.Candidates;
        ChunkedArray<ItemRow> rows = query.Catalog.Rows;
        KnowledgeSnapshot knowledge = query.Knowledge;
        float[] interests = scratch.Interests.Values;
        float[]? context = scratch.Context.Count > 0 ? scratch.Context.Values : null;
        long now = query.NowMs;
        double freshness = ItemRow.FreshnessScale(now);
        ReadOnlySpan<int> slots = candidates.Slots;
        for (int place = 0; place < slots.Length; place++)
        {
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

            float score = candidates.CoVisit(place) + Popularity(knowledge, slot) + Freshness(row, freshness);
            foreach (ref readonly ItemRow.TopicShare topic in (ReadOnlySpan<ItemRow.TopicShare>)row.Topics)
            {
                if (topic.Topic == ItemRow.More)
                {
                    score += Rest(query.Catalog.Items[slot]!, interests, context);
                    break;
                }

                score += topic.Share * (context is null ? interests[topic.Topic] : interests[topic.Topic] + context[topic.Topic]);
            }

            scratch.Top.Offer(slot, score);
        }
    }

    // Topics past those in the row.
    private static float Rest(CatalogItem item, float[] interests, float[]? context)
    {
        float sum = 0;
        foreach (ItemTopic topic in item.Topics.AsSpan(ItemRow.Inline - 1))
        {
            sum += topic.Share * (interests[topic.Topic] + (context is null ? 0 : context[topic.Topic]));
        }

        return sum;
    }

    public static float Popularity(KnowledgeSnapshot knowledge, int slot) => RankingWeights.Popularity * knowledge.Popularity(slot);

    public static float Freshness(in ItemRow row, double scale) => RankingWeights.Freshness * row.Freshness(scale);
}
