using System.Runtime.Intrinsics;

namespace Footprint.Grid.Core.Decisions;

/// <summary>
/// With which chance Thompson sampling gives a candidate the best score, by 64 further draws, all candidates scored in each:
/// (hits + 1) / 65, the draw that was made counting as one. What the log is for divides by it, and with hits binomial
/// E[1 / ((hits + 1) / 65)] = (1 - (1 - p)^65) / p: never too high, and right but for what has hardly a chance. That takes
/// some thirty microseconds, so it is done for one decision of 128, chosen by its seed: an unbiased sample of decisions.
/// </summary>
internal sealed class PropensitySampler
{
    private const int OneOf = 128, Draws = 64;
    private int[] _slots = [];
    private float[] _fixed = [];
    private float[] _deviations = [];
    private Vector256<float>[] _terms = [];
    private int _count;
    private float _mostUnlearned;

    /// <summary>The candidate that would be best without anything learned; -1 before one was noted.</summary>
    public int Unlearned { get; private set; } = -1;

    public static bool Samples(ulong seed) => seed % OneOf == 0;

    public void Clear()
    {
        _count = 0;
        (Unlearned, _mostUnlearned) = (-1, float.NegativeInfinity);
    }

    /// <param name="slot">Of the candidate.</param>
    /// <param name="score">By the fixed ranking.</param>
    /// <param name="learned">What outcomes add to it, without what chance adds.</param>
    /// <param name="deviation">Of its own effect, in units of score.</param>
    /// <param name="terms">Of the fixed ranking, within their ranges.</param>
    public void Note(int slot, float score, float learned, float deviation, Vector256<float> terms)
    {
        if (score > _mostUnlearned)
        {
            (Unlearned, _mostUnlearned) = (slot, score);
        }

        if (_count == _slots.Length)
        {
            int room = Math.Max(256, 2 * _count);
            Array.Resize(ref _slots, room);
            Array.Resize(ref _fixed, room);
            Array.Resize(ref _deviations, room);
            Array.Resize(ref _terms, room);
        }

        (_slots[_count], _fixed[_count], _deviations[_count], _terms[_count]) = (slot, score + learned, deviation, terms);
        _count++;
    }

    /// <param name="slot">A candidate that was noted.</param>
    /// <param name="ranking">Gives what a draw adds to each term.</param>
    /// <param name="seed">Of the turn.</param>
    public double Of(int slot, LearnedRanking ranking, ulong seed)
    {
        int hits = 0;
        for (ulong draw = 1; draw <= Draws; draw++)
        {
            ulong own = seed + (draw * 0xD1342543DE82EF95);
            hits += Best(own, ranking.Draw(own)) == slot ? 1 : 0;
        }

        return (hits + 1.0) / (Draws + 1);
    }

    private int Best(ulong seed, Vector256<float> weights)
    {
        int best = -1;
        float most = float.NegativeInfinity;
        ReadOnlySpan<int> slots = _slots.AsSpan(0, _count);
        ReadOnlySpan<float> scores = _fixed.AsSpan(0, slots.Length), deviations = _deviations.AsSpan(0, slots.Length);
        ReadOnlySpan<Vector256<float>> terms = _terms.AsSpan(0, slots.Length);
        for (int i = 0; i < slots.Length; i++)
        {
            float score = scores[i] + (deviations[i] * Chance.Normal(seed, (ulong)slots[i])) + Vector256.Dot(weights, terms[i]);
            if (score > most)
            {
                (best, most) = (slots[i], score);
            }
        }

        return best;
    }
}
