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
            CatalogItem item = query.Catalog.Items[scratch.Top[i].Slot]!;
            pick.ItemId = item.Id;
            pick.Calibrated = false;
            pick.Score = WriteReasons(query, scratch, item, freshness, pick.Reasons);
            pick.MatchPercent = MatchPercent.Of(pick.Score);
            for (int at = i; at > 0 && response.Picks[at - 1].Score < pick.Score; at--)
            {
                // The ranking adds in single precision; where that and the exact sums disagree, the sums decide.
                (response.Picks[at - 1], response.Picks[at]) = (response.Picks[at], response.Picks[at - 1]);
            }
        }
    }

    private static double WriteReasons(in ContentQuery query, DecisionScratch scratch, CatalogItem item, double freshness, RepeatedField<Reason> reasons)
    {
        var writer = new Writer(scratch.Spares, reasons);
        foreach (ItemTopic topic in item.Topics)
        {
            writer.Add(Reason.Types.Kind.Interest, query.Catalog.Topics, topic, scratch.Interests);
        }

        for (int r = 0; r < scratch.Recent.Count; r++)
        {
            ref readonly RecentNeighbours.Entry recent = ref scratch.Recent[r];
            int at = recent.Slots.IndexOf(item.Slot);
            if (at >= 0)
            {
                writer.Add(Reason.Types.Kind.CoVisit, recent.ItemId, recent.Weight * recent.Strengths[at]);
            }
        }

        writer.Add(Reason.Types.Kind.Popularity, "", ContentRanker.Popularity(query.Knowledge, item.Slot));
        writer.Add(Reason.Types.Kind.Freshness, "", ContentRanker.Freshness(query.Catalog.Rows.At(item.Slot), freshness));
        if (scratch.Context.Count > 0)
        {
            foreach (ItemTopic topic in item.Topics)
            {
                writer.Add(Reason.Types.Kind.Context, query.Catalog.Topics, topic, scratch.Context);
            }
        }

        return writer.Finish();
    }

    private ref struct Writer(SpareMessages spares, RepeatedField<Reason> reasons)
    {
        private int _count;
        private double _sum;

        public void Add(Reason.Types.Kind kind, NameTable topics, ItemTopic topic, TopicTerms terms)
        {
            float worth = terms.Values[topic.Topic];
            if (worth != 0)
            {
                Add(kind, topics.Name(topic.Topic), topic.Share * worth);
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
            _sum += contribution;
        }

        public readonly double Finish()
        {
            spares.Cut(reasons, _count);
            return _sum;
        }
    }
}
