using System.Runtime.Intrinsics;
using Footprint.Grid.Core.Catalog;
using Footprint.Grid.V1;
using Google.Protobuf.Collections;

namespace Footprint.Grid.Core.Decisions;

/// <summary>Writes the picks with their reasons; a pick's score is the sum of its contributions.</summary>
internal static class ReasonWriter
{
    /// <summary>Of the last items, how many are looked at for what a pick goes with.</summary>
    private const int MostLooked = 16;

    private const float Rounding = 1e-5f;

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
            pick.Score = WriteReasons(query, scratch, slot, scratch.Top[i].CoVisit, freshness, pick.Reasons, out scratch.Terms[i]);
            pick.MatchPercent = MatchPercent.Of(pick.Score);
            for (int at = i; at > 0 && !query.IsLate && !scratch.Selection.IsDiverse && response.Picks[at - 1].Score < pick.Score; at--)
            {
                // The ranking adds in single precision; where that and the exact sums disagree, the sums decide.
                (response.Picks[at - 1], response.Picks[at]) = (response.Picks[at], response.Picks[at - 1]);
                (scratch.Terms[at - 1], scratch.Terms[at]) = (scratch.Terms[at], scratch.Terms[at - 1]);
                scratch.Top.Swap(at);
            }
        }
    }

    private static double WriteReasons(
        in ContentQuery query, DecisionScratch scratch, int slot, float coVisit, double freshness, RepeatedField<Reason> reasons, out Vector256<float> terms)
    {
        var writer = new Writer(scratch.Spares, reasons);
        ref readonly ItemRow row = ref query.Catalog.Rows.At(slot);
        AddTopics(ref writer, Reason.Types.Kind.Interest, query.Catalog, slot, row, scratch.Interests);
        float interest = (float)writer.Sum;

        if (coVisit != 0)
        {
            AddCoVisits(ref writer, scratch.Recent, slot, coVisit);
        }

        (float popularity, float fresh) = (ContentRanker.Popularity(query.Knowledge, slot), ContentRanker.Freshness(row, freshness));
        writer.Add(Reason.Types.Kind.Popularity, "", popularity);
        writer.Add(Reason.Types.Kind.Freshness, "", fresh);
        double before = writer.Sum;
        if (scratch.Context.Count > 0)
        {
            AddTopics(ref writer, Reason.Types.Kind.Context, query.Catalog, slot, row, scratch.Context);
        }

        terms = RankingTerms.Of(interest, coVisit, popularity, fresh, (float)(writer.Sum - before));
        if (scratch.Learned.Ranks)
        {
            (float learned, float explored) = scratch.Learned.Terms(slot, terms);
            writer.Add(Reason.Types.Kind.Learned, "", learned);
            writer.Add(Reason.Types.Kind.Explored, "", explored);
        }

        return writer.Finish();
    }

    // The two of the last items that say most, each by its name, and what all the others say in one.
    private static void AddCoVisits(ref Writer writer, RecentNeighbours all, int slot, float coVisit)
    {
        (int Item, float Worth) first = (-1, 0), second = (-1, 0);
        int found = 0;
        int looked = Math.Min(all.Count, MostLooked);
        for (int r = 0; r < looked; r++)
        {
            ref readonly RecentNeighbours.Entry recent = ref all[r];
            int at = recent.Slots.IndexOf(slot);
            if (at < 0)
            {
                continue;
            }

            found++;
            float worth = recent.Weight * recent.Strengths[at];
            if (worth > first.Worth)
            {
                (first, second) = ((r, worth), first);
            }
            else if (worth > second.Worth)
            {
                second = (r, worth);
            }
        }

        if (first.Item >= 0)
        {
            writer.Add(Reason.Types.Kind.CoVisit, all[first.Item].ItemId, first.Worth);
        }

        if (second.Item >= 0)
        {
            writer.Add(Reason.Types.Kind.CoVisit, all[second.Item].ItemId, second.Worth);
        }

        // Where nothing is left but what rounding leaves, nothing is said.
        float rest = coVisit - first.Worth - second.Worth;
        if ((found > 2 || looked < all.Count) && rest > Rounding * coVisit)
        {
            writer.Add(Reason.Types.Kind.CoVisit, "", rest);
        }
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

        public double Sum { get; private set; }

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

            Sum += contribution;
        }

        public readonly double Finish()
        {
            spares.Cut(reasons, _count);
            return Sum;
        }
    }
}
