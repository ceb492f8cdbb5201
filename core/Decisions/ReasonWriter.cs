using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Footprint.Grid.Core.Catalog;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Decisions;

/// <summary>Lists the picks with their reasons; a pick's score is the sum of its contributions.</summary>
internal static class ReasonWriter
{
    private const int None = -1;

    // Three of what it goes with, popularity, freshness, and two that were learned.
    private const int MostOther = 7;

    public static void Write(in ContentQuery query, DecisionScratch scratch)
    {
        double freshness = ItemRow.FreshnessScale(query.NowMs);
        PickList picks = scratch.Picks;
        picks.Clear();
        for (int i = 0; i < scratch.Top.Count; i++)
        {
            WriteReasons(query, scratch, scratch.Top[i].Slot, scratch.Top[i].CoVisit, freshness, out scratch.Terms[i]);

            // No further candidate comes first where it is said with which chance the first did.
            int first = scratch.Learned.Samples && i >= scratch.Learned.FirstPicks ? 1 : 0;
            for (int at = i; at > first && !query.IsLate && !scratch.Selection.IsDiverse && picks[at - 1].Score < picks[at].Score; at--)
            {
                // The ranking adds in single precision; where that and the exact sums disagree, the sums decide.
                picks.Swap(at);
                (scratch.Terms[at - 1], scratch.Terms[at]) = (scratch.Terms[at], scratch.Terms[at - 1]);
                scratch.Top.Swap(at);
            }
        }
    }

    private static void WriteReasons(
        in ContentQuery query, DecisionScratch scratch, int slot, float coVisit, double freshness, out Vector256<float> terms)
    {
        ref readonly ItemRow row = ref query.Catalog.Rows.At(slot);
        ReadOnlySpan<ItemTopic> further = row.HasMore ? query.Catalog.Items[slot]!.Topics.AsSpan(ItemRow.Inline) : [];
        var writer = new Writer(scratch.Picks.Room(MostOther + (2 * (ItemRow.Inline + further.Length))));
        AddTopics(ref writer, Reason.Types.Kind.Interest, row, further, scratch.Interests.Values);
        float interest = (float)writer.Sum;
        if (coVisit != 0)
        {
            CoVisitTerms goesWith = CoVisitTerms.Of(scratch, slot, coVisit);
            writer.Add(Reason.Types.Kind.CoVisit, goesWith.First, goesWith.OfFirst);
            writer.Add(Reason.Types.Kind.CoVisit, goesWith.Second, goesWith.OfSecond);
            writer.Add(Reason.Types.Kind.CoVisit, None, goesWith.OfRest);
        }

        (float popularity, float fresh) = (ContentRanker.Popularity(query.Knowledge, slot), ContentRanker.Freshness(row, freshness));
        writer.Add(Reason.Types.Kind.Popularity, None, popularity);
        writer.Add(Reason.Types.Kind.Freshness, None, fresh);
        double before = writer.Sum;
        if (scratch.Context.Count > 0)
        {
            AddTopics(ref writer, Reason.Types.Kind.Context, row, further, scratch.Context.Values);
        }

        terms = RankingTerms.Of(interest, coVisit, popularity, fresh, (float)(writer.Sum - before));
        if (scratch.Learned.Ranks)
        {
            (float learned, float explored) = scratch.Learned.Terms(slot, terms);
            writer.Add(Reason.Types.Kind.Learned, None, learned);
            writer.Add(Reason.Types.Kind.Explored, None, explored);
        }

        scratch.Picks.Add(slot, writer.Sum, writer.Count);
    }

    // As they are scored: those in the row, and from the item where it has more.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTopics(
        ref Writer writer, Reason.Types.Kind kind, in ItemRow row, ReadOnlySpan<ItemTopic> further, ReadOnlySpan<float> terms)
    {
        for (int i = 0; i < ItemRow.Inline; i++)
        {
            writer.Add(kind, row.Topics[i].Topic, row.Topics[i].Share * terms[row.Topics[i].Topic]);
        }

        foreach (ref readonly ItemTopic topic in further)
        {
            writer.Add(kind, topic.Topic, topic.Share * terms[topic.Topic]);
        }
    }

    // Stays in registers as long as it is handed to nobody that is a call.
    private ref struct Writer(Span<PickList.Reason> to)
    {
        private readonly Span<PickList.Reason> _to = to;

        public int Count { get; private set; }

        public double Sum { get; private set; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(Reason.Types.Kind kind, int key, double contribution)
        {
            if (contribution != 0)
            {
                _to[Count++] = new PickList.Reason(kind, key, contribution);
                Sum += contribution;
            }
        }
    }
}
