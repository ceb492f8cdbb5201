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

    /// <param name="slot">Of the item.</param>
    /// <param name="score">By the fixed ranking.</param>
    /// <param name="effect">Mean and deviation of what the item is liked more than its terms explain.</param>
    /// <param name="terms">Of the fixed ranking, in the order of its features.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int slot, float score, (float Mean, float Deviation) effect, (float Interest, float CoVisit, float Popularity, float Freshness, float Context) terms)
    {
        (int block, int lane) = (Count >> WidthBits, Count & (Width - 1));
        Count++;
        if (block == _blocks.Length)
        {
            Array.Resize(ref _blocks, 2 * block);
        }

        ref Block to = ref _blocks[block];
        to.Slots[lane] = (uint)slot;
        to.Score[lane] = score;
        to.Mean[lane] = effect.Mean;
        to.Deviation[lane] = effect.Deviation;
        to.Interest[lane] = terms.Interest;
        to.CoVisit[lane] = terms.CoVisit;
        to.Popularity[lane] = terms.Popularity;
        to.Freshness[lane] = terms.Freshness;
        to.Context[lane] = terms.Context;
    }

    /// <summary>Scores those from one on by a draw, and offers them in their order to what keeps the best.</summary>
    public void Offer(int from, in ExplorationDraw draw, TopScores top)
    {
        for (int i = from >> WidthBits; i << WidthBits < Count; i++)
        {
            ref readonly Block of = ref _blocks[i];
            Vector256<float> scores = Score(of, draw);
            uint lanes = Vector256.GreaterThanOrEqual(scores, Vector256.Create(top.Least)).ExtractMostSignificantBits() & Lanes(i, from);
            for (; lanes != 0; lanes &= lanes - 1)
            {
                int lane = BitOperations.TrailingZeroCount(lanes);
                top.Offer((int)of.Slots[lane], scores[lane], of.CoVisit[lane]);
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
    public void LeaveOut(int place)
    {
        ref Block of = ref _blocks[place >> WidthBits];
        int lane = place & (Width - 1);
        (of.Score[lane], of.Popularity[lane]) = (float.NegativeInfinity, float.NegativeInfinity);
    }

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
            if (of.Score[lane] > most || (of.Score[lane] == most && of.Slots[lane] < best))
            {
                (best, most) = ((int)of.Slots[lane], of.Score[lane]);
            }
        }

        return best;
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
        return Load(of.Score) + (own * draw.ToScore)
            + Term(of.Interest, draw.Weights, 0)
            + Term(of.CoVisit, draw.Weights, 1)
            + Term(of.Popularity, draw.Weights, 2)
            + Term(of.Freshness, draw.Weights, 3)
            + Term(of.Context, draw.Weights, 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Term(in Column of, in Vector256<float> weights, int term)
    {
        var range = Vector256.Create(RankingTerms.Range(term));
        return Vector256.MinNative(Vector256.MaxNative(Load(of), -range), range) * weights[term];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Load(in Column of) => Vector256.LoadUnsafe(in of[0]);

    private struct Block
    {
        public Numbers Slots;
        public Column Score;
        public Column Mean;
        public Column Deviation;
        public Column Interest;
        public Column CoVisit;
        public Column Popularity;
        public Column Freshness;
        public Column Context;
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
