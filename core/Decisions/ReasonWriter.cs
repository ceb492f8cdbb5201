using Footprint.Grid.Core.Catalog;
using Footprint.Grid.V1;
using Google.Protobuf.Collections;

namespace Footprint.Grid.Core.Decisions;

/// <summary>Writes the picks with their reasons; a pick's score is the sum of its contributions.</summary>
internal static class ReasonWriter
{
    public static void Write(in ContentQuery query, DecisionScratch scratch, PickContentResponse response)
    {
        double freshness = ItemRow.FreshnessScale(query.NowMs);
        scratch.Spares.Resize(response.Picks, scratch.Top.Count);
        for (int i = 0; i < scratch.Top.Count; i++)
        {
            Pick pick = response.Picks[i];
            int slot = scratch.Top[i].Slot;
            pick.ItemId = query.Catalog.Ids.Name(slot);
            pick.Calibrated = false;
            pick.Propensity = 0;
            pick.Score = WriteReasons(query, scratch, slot, scratch.Top[i].CoVisit, freshness, pick.Reasons);
            pick.MatchPercent = MatchPercent.Of(pick.Score);
            for (int at = i; at > 0 && !query.IsLate && !scratch.Selection.IsDiverse && response.Picks[at - 1].Score < pick.Score; at--)
            {
                // The ranking adds in single precision; where that and the exact sums disagree, the sums decide.
                (response.Picks[at - 1], response.Picks[at]) = (response.Picks[at], response.Picks[at - 1]);
                scratch.Top.Swap(at);
            }
        }
    }

    private static double WriteReasons(in ContentQuery query, DecisionScratch scratch, int slot, float coVisit, double freshness, RepeatedField<Reason> reasons)
    {
        var writer = new Writer(scratch.Spares, reasons);
        ref readonly ItemRow row = ref query.Catalog.Rows.At(slot);
        AddTopics(ref writer, Reason.Types.Kind.Interest, query.Catalog, slot, row, scratch.Interests);

        for (int r = 0; r < scratch.Recent.Count && coVisit != 0; r++)
        {
            ref readonly RecentNeighbours.Entry recent = ref scratch.Recent[r];
            int at = recent.Slots.IndexOf(slot);
            if (at >= 0)
            {
                writer.Add(Reason.Types.Kind.CoVisit, recent.ItemId, recent.Weight * recent.Strengths[at]);
            }
        }

        writer.Add(Reason.Types.Kind.Popularity, "", ContentRanker.Popularity(query.Knowledge, slot));
        writer.Add(Reason.Types.Kind.Freshness, "", ContentRanker.Freshness(row, freshness));
        if (scratch.Context.Count > 0)
        {
            AddTopics(ref writer, Reason.Types.Kind.Context, query.Catalog, slot, row, scratch.Context);
        }

        if (scratch.Learned.Ranks)
        {
            (float learned, float explored) = scratch.Learned.Terms(slot, RankingTerms.Of(query, scratch, slot, coVisit, freshness));
            writer.Add(Reason.Types.Kind.Learned, "", learned);
            writer.Add(Reason.Types.Kind.Explored, "", explored);
        }

        return writer.Finish();
    }

    // As they are scored: those in the row, and from the item where it has more.
    private static void AddTopics(
        ref Writer writer, Reason.Types.Kind kind, CatalogSnapshot catalog, int slot, in ItemRow row, TopicTerms terms)
    {
        foreach (ref readonly ItemRow.TopicShare topic in (ReadOnlySpan<ItemRow.TopicShare>)row.Topics)
        {
            if (topic.Share > 0)
            {
                writer.Add(kind, catalog.Topics, topic.Topic, topic.Share, terms);
            }
        }

        if (row.HasMore)
        {
            foreach (ItemTopic rest in catalog.Items[slot]!.Topics.AsSpan(ItemRow.Inline))
            {
                writer.Add(kind, catalog.Topics, rest.Topic, rest.Share, terms);
            }
        }
    }

    private ref struct Writer(SpareMessages spares, RepeatedField<Reason> reasons)
    {
        private int _count;
        private double _sum;

        public void Add(Reason.Types.Kind kind, NameTable topics, int topic, float share, TopicTerms terms)
        {
            float worth = terms.Values[topic];
            if (worth != 0)
            {
                Add(kind, topics.Name(topic), share * worth);
            }
        }

        public void Add(Reason.Types.Kind kind, string key, double contribution)
        {
            if (contribution == 0)
            {
                return;
            }

            Reason reason = spares.At(reasons, _count++);
            reason.Kind = kind;
            reason.Key = key;
            reason.Contribution = contribution;
            if (reason.Text.Length > 0)
            {
                reason.Text = "";
            }

            _sum += contribution;
        }

        public readonly double Finish()
        {
            spares.Cut(reasons, _count);
            return _sum;
        }
    }
}
