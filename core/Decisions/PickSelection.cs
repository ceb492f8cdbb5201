using Footprint.Grid.Core.Campaigns;
using Footprint.Grid.Core.Catalog;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Decisions;

/// <summary>
/// Chooses among scored candidates where a placement has rules about the answer as a whole. Pick after pick it takes, of
/// those that quotas and caps still admit, the one with the best score, or with diversity the most of
/// <code>λ · relevance(i) − (1 − λ) · max over the picks j so far of likeness(i, j)</code>
/// which is maximal marginal relevance (J. Carbonell and J. Goldstein, "The use of MMR, diversity-based reranking for
/// reordering documents and producing summaries", SIGIR 1998). Relevance is the score brought to 0 to 1 by the least and
/// the greatest of all candidates; likeness is Σ over topics of min(shareᵢ, shareⱼ), 1 for items about the same. The first
/// <see cref="Window"/> admitted candidates by score are compared, so that a pick costs the same whatever was retrieved.
/// </summary>
internal sealed class PickSelection
{
    /// <summary>Candidates that one pick is chosen from.</summary>
    public const int Window = 200;

    private Entry[] _entries = new Entry[512];
    private int _count;
    private double _lambda = 1;

    public TopicLimits Limits { get; } = new();

    /// <summary>Whether the placement has such rules; nothing else here is looked at when not.</summary>
    public bool IsOn { get; private set; }

    /// <summary>Whether picks come in an order other than that of their scores.</summary>
    public bool IsDiverse => IsOn && _lambda < 1;

    public void Begin(in ContentQuery query)
    {
        Placement? rules = query.Rules;
        IsOn = rules is not null && (rules.Diversity is not null || rules.TopicQuotas.Count > 0 || HasCaps(rules));
        _count = 0;
        if (IsOn)
        {
            _lambda = rules!.Diversity?.Lambda ?? 1;
            Limits.Begin(rules, query);
        }
    }

    /// <summary>As long after a pick its caps may count it, in milliseconds.</summary>
    public static long LongestWindowMs(Placement rules)
    {
        long longest = CampaignRules.LongestWindowMs(rules.ItemCaps);
        for (int i = 0; i < rules.TopicCaps.Count; i++)
        {
            longest = Math.Max(longest, CampaignRules.CeilingMs(rules.TopicCaps[i].Cap.Window));
        }

        return longest;
    }

    /// <summary>Whether what a placement shows is counted.</summary>
    public static bool HasCaps(Placement rules) => rules.ItemCaps.Count > 0 || rules.TopicCaps.Count > 0;

    public void Offer(int slot, float score, float coVisit)
    {
        if (_count == _entries.Length)
        {
            Array.Resize(ref _entries, 2 * _count);
        }

        _entries[_count++] = new Entry { Slot = slot, Score = score, CoVisit = coVisit, Last = -1 };
    }

    /// <summary>
    /// Adds picks until all places are taken, or of those offered since the last time none is admitted any more: what is not
    /// admitted once never is again in this answer.
    /// </summary>
    public void Choose(CatalogSnapshot catalog, TopScores top)
    {
        Span<Entry> entries = _entries.AsSpan(0, _count);
        entries.Sort(static (a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Slot.CompareTo(b.Slot));
        _count = 0;
        while (!top.IsFull)
        {
            int best = Best(catalog, entries, top);
            if (best < 0)
            {
                return;
            }

            ref Entry pick = ref entries[best];
            pick.IsGone = true;
            Limits.Take(catalog.Items[pick.Slot]!);
            top.Append(pick.Slot, pick.Score, pick.CoVisit);
        }
    }

    private int Best(CatalogSnapshot catalog, Span<Entry> entries, TopScores top)
    {
        double scale = entries.IsEmpty || entries[0].Score == entries[^1].Score ? 0 : 1 / ((double)entries[0].Score - entries[^1].Score);
        int best = -1;
        double most = double.NegativeInfinity;
        for (int i = 0, seen = 0; i < entries.Length && seen < Window; i++)
        {
            ref Entry entry = ref entries[i];
            if (entry.IsGone)
            {
                continue;
            }

            if (!Limits.Admits(catalog.Items[entry.Slot]!))
            {
                entry.IsGone = true;
                continue;
            }

            if (_lambda >= 1)
            {
                return i;
            }

            seen++;
            double relevance = scale == 0 ? 1 : ((double)entry.Score - entries[^1].Score) * scale;
            double value = (_lambda * relevance) - ((1 - _lambda) * MostAlike(catalog, ref entry, top));
            if (value > most)
            {
                (best, most) = (i, value);
            }
        }

        return best;
    }

    // Compares with the picks that came since the entry was last looked at.
    private static float MostAlike(CatalogSnapshot catalog, ref Entry entry, TopScores top)
    {
        for (int i = entry.Last + 1; i < top.Count; i++)
        {
            entry.Alike = Math.Max(entry.Alike, Likeness(catalog.Items[entry.Slot]!, catalog.Items[top[i].Slot]!));
        }

        entry.Last = top.Count - 1;
        return entry.Alike;
    }

    private static float Likeness(CatalogItem a, CatalogItem b)
    {
        float shared = 0;
        foreach (ItemTopic one in a.Topics)
        {
            foreach (ItemTopic other in b.Topics)
            {
                shared += one.Topic == other.Topic ? Math.Min(one.Share, other.Share) : 0;
            }
        }

        return shared;
    }

    private struct Entry
    {
        public int Slot;
        public float Score;
        public float CoVisit;
        public bool IsGone;

        // Likeness to the most alike of the picks up to this one.
        public float Alike;
        public int Last;
    }
}
