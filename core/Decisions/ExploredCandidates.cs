using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Footprint.Grid.Core.Decisions;

/// <summary>
/// The candidates of a decision that explores, by columns in blocks of eight, so that eight are scored at a time, and again
/// for each further draw that tells how likely the one was.
/// </summary>
internal sealed class ExploredCandidates
{
    private const int WidthBits = 3;
    private const int Width = 1 << WidthBits;
    private const uint All = (1u << Width) - 1;
    private Block[] _blocks = new Block[32];

    public int Count { get; private set; }

    public void Clear() => Count = 0;

    /// <summary>Adds one by its terms of the fixed ranking, in the order of its features.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int slot, float interest, float coVisit, float popularity, float freshness, float context)
    {
        (int block, int lane) = (Count >> WidthBits, Count & (Width - 1));
        Count++;
        if (block == _blocks.Length)
        {
            Array.Resize(ref _blocks, 2 * block);
        }

        ref Block to = ref _blocks[block];
        to.Slots[lane] = (uint)slot;
        to.Interest[lane] = interest;
        to.CoVisit[lane] = coVisit;
        to.Popularity[lane] = popularity;
        to.Freshness[lane] = freshness;
        to.Context[lane] = context;
    }

    /// <summary>Sets for those from one on what each is liked more than its terms explain.</summary>
    public void Weigh(int from, LearnedRanking by)
    {
        for (int place = from; place < Count; place++)
        {
            ref Block of = ref _blocks[place >> WidthBits];
            int lane = place & (Width - 1);
            (of.Mean[lane], of.Deviation[lane]) = by.Effect((int)of.Slots[lane]);
        }
    }

    /// <summary>Scores those from one on by a draw, and offers them in their order to what keeps the best.</summary>
    public void Offer(int from, in ExplorationDraw draw, TopScores top)
    {
        float least = Score(from, draw, top.Bound);
        for (int i = from >> WidthBits; i << WidthBits < Count; i++)
        {
            ref readonly Block of = ref _blocks[i];
            uint lanes = Vector256.GreaterThanOrEqual(Load(of.Score), Vector256.Create(Math.Max(least, top.Least))).ExtractMostSignificantBits() & Lanes(i, from);
            for (; lanes != 0; lanes &= lanes - 1)
            {
                int lane = BitOperations.TrailingZeroCount(lanes);
                top.Offer((int)of.Slots[lane], of.Score[lane], of.CoVisit[lane]);
            }
        }
    }

    /// <summary>Likewise to what chooses among all.</summary>
    public void Offer(int from, in ExplorationDraw draw, PickSelection selection)
    {
        for (int i = from >> WidthBits; i << WidthBits < Count; i++)
        {
            ref readonly Block of = ref _blocks[i];
            Vector256<float> scores = Score(of, draw);
            for (uint lanes = Lanes(i, from); lanes != 0; lanes &= lanes - 1)
            {
                int lane = BitOperations.TrailingZeroCount(lanes);
                selection.Offer((int)of.Slots[lane], scores[lane], of.CoVisit[lane]);
            }
        }
    }

    /// <summary>Whether an item has the best score of all by a draw; of equals the lower slot has it.</summary>
    /// <param name="slot">Of the item.</param>
    /// <param name="place">Where it is, as <see cref="Find"/> says.</param>
    /// <param name="draw">By which all are scored.</param>
    public bool IsBest(int slot, int place, in ExplorationDraw draw)
    {
        float own = Score(_blocks[place >> WidthBits], draw)[place & (Width - 1)];
        for (int i = 0; i << WidthBits < Count; i++)
        {
            Vector256<float> scores = Score(_blocks[i], draw);
            uint lanes = Vector256.GreaterThanOrEqual(scores, Vector256.Create(own)).ExtractMostSignificantBits() & Lanes(i, 0);
            for (; lanes != 0; lanes &= lanes - 1)
            {
                int lane = BitOperations.TrailingZeroCount(lanes);
                if (scores[lane] > own || _blocks[i].Slots[lane] < slot)
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>The item that was added there.</summary>
    public int Slot(int place) => (int)_blocks[place >> WidthBits].Slots[place & (Width - 1)];

    /// <summary>From now on it is never the best, by whatever it is ranked.</summary>
    public void LeaveOut(int place) => _blocks[place >> WidthBits].Popularity[place & (Width - 1)] = float.NegativeInfinity;

    /// <summary>The place of an item that was added.</summary>
    public int Find(int slot)
    {
        int place = 0;
        while (Slot(place) != slot)
        {
            place++;
        }

        return place;
    }

    /// <summary>The item that is best by the fixed ranking, of equals the lower slot; -1 when there is none.</summary>
    public int Unlearned()
    {
        (int best, float most) = (-1, float.NegativeInfinity);
        for (int i = 0; i < Count; i++)
        {
            ref readonly Block of = ref _blocks[i >> WidthBits];
            int lane = i & (Width - 1);
            float score = of.Interest[lane] + of.CoVisit[lane] + of.Popularity[lane] + of.Freshness[lane] + of.Context[lane];
            if (score > most || (score == most && of.Slots[lane] < best))
            {
                (best, most) = ((int)of.Slots[lane], score);
            }
        }

        return best;
    }

    // Sets the scores of those from one on; gives one that so many of them reach at least, found by the best of each of
    // sixteen parts, or none when there are not as many parts.
    private float Score(int from, in ExplorationDraw draw, int many)
    {
        Vector256<float> even = Vector256.Create(float.NegativeInfinity), odd = even;
        for (int i = from >> WidthBits; i << WidthBits < Count; i++)
        {
            ref Block of = ref _blocks[i];
            Vector256<float> scores = Score(of, draw);
            scores.StoreUnsafe(ref of.Score[0]);
            if (Lanes(i, from) == All)
            {
                (even, odd) = (odd, Vector256.Max(even, scores));
            }
        }

        float least = float.PositiveInfinity;
        for (int part = 0; part < 2 * Width; part++)
        {
            float best = part < Width ? even[part] : odd[part - Width];
            var all = Vector256.Create(best);
            uint better = Vector256.GreaterThan(even, all).ExtractMostSignificantBits() | (Vector256.GreaterThan(odd, all).ExtractMostSignificantBits() << Width);
            least = BitOperations.PopCount(better) < many ? Math.Min(least, best) : least;
        }

        return many <= 2 * Width ? least : float.NegativeInfinity;
    }

    // Of a block, those that were added, from one on.
    private uint Lanes(int block, int from)
    {
        int first = block << WidthBits;
        uint added = Count - first >= Width ? All : (1u << (Count - first)) - 1;
        return from <= first ? added : added & (All << (from - first));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Score(in Block of, in ExplorationDraw draw)
    {
        Vector256<float> own = Load(of.Mean) + (Load(of.Deviation) * Chance.Normal(draw.Seed, Vector256.LoadUnsafe(in of.Slots[0])));
        return (own * draw.ToScore)
            + Term(of.Interest, draw.Weights, 0)
            + Term(of.CoVisit, draw.Weights, 1)
            + Term(of.Popularity, draw.Weights, 2)
            + Term(of.Freshness, draw.Weights, 3)
            + Term(of.Context, draw.Weights, 4);
    }

    // The term, and what is added to its weight for as much of it as learning knows.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Term(in Column of, in Vector256<float> weights, int term)
    {
        var range = Vector256.Create(RankingTerms.Range(term));
        Vector256<float> whole = Load(of);
        return whole + (Vector256.MinNative(Vector256.MaxNative(whole, -range), range) * weights[term]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Load(in Column of) => Vector256.LoadUnsafe(in of[0]);

    private struct Block
    {
        public Numbers Slots;
        public Column Interest;
        public Column CoVisit;
        public Column Popularity;
        public Column Freshness;
        public Column Context;
        public Column Mean;
        public Column Deviation;
        public Column Score;
    }

    [InlineArray(Width)]
    private struct Column
    {
        private float _first;
    }

    [InlineArray(Width)]
    private struct Numbers
    {
        private uint _first;
    }
}
