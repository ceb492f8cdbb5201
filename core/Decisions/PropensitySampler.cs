using Footprint.Grid.Core.Learning.Outcomes;

namespace Footprint.Grid.Core.Decisions;

/// <summary>
/// With which chance Thompson sampling gives a candidate the best score, by 64 further draws, all candidates scored in each:
/// (hits + 1) / 65, the draw that was made counting as one. What the log is for divides by it, and with hits binomial
/// E[1 / ((hits + 1) / 65)] = (1 - (1 - p)^65) / p: never too high, and right but for what has hardly a chance. That takes
/// some fifty microseconds, so it is done for one decision of 64, chosen by its seed: an unbiased sample of decisions.
/// </summary>
internal sealed class PropensitySampler
{
    private const int OneOf = 64, Draws = 64;
    private int[] _slots = [];
    private float[] _fixed = [];
    private float[] _deviations = [];
    private float[] _terms = [];
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
    /// <param name="terms">Of the fixed ranking.</param>
    public void Note(int slot, float score, float learned, float deviation, ReadOnlySpan<float> terms)
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
            Array.Resize(ref _terms, room * PickFeatures.OfItem);
        }

        (_slots[_count], _fixed[_count], _deviations[_count]) = (slot, score + learned, deviation);
        terms.CopyTo(_terms.AsSpan(_count++ * PickFeatures.OfItem));
    }

    /// <param name="slot">A candidate that was noted.</param>
    /// <param name="ranking">Gives what a draw adds to each term.</param>
    /// <param name="seed">Of the turn.</param>
    public double Of(int slot, LearnedRanking ranking, ulong seed)
    {
        Span<float> weights = stackalloc float[PickFeatures.OfItem];
        int hits = 0;
        for (ulong draw = 1; draw <= Draws; draw++)
        {
            ulong own = seed + (draw * 0xD1342543DE82EF95);
            ranking.Draw(own, weights);
            hits += Best(own, weights) == slot ? 1 : 0;
        }

        return (hits + 1.0) / (Draws + 1);
    }

    private int Best(ulong seed, ReadOnlySpan<float> weights)
    {
        int best = -1;
        float most = float.NegativeInfinity;
        for (int i = 0; i < _count; i++)
        {
            float score = _fixed[i] + (_deviations[i] * (float)Chance.Normal(seed, (ulong)_slots[i]));
            ReadOnlySpan<float> terms = _terms.AsSpan(i * PickFeatures.OfItem, PickFeatures.OfItem);
            for (int t = 0; t < terms.Length; t++)
            {
                score += weights[t] * terms[t];
            }

            if (score > most)
            {
                (best, most) = (_slots[i], score);
            }
        }

        return best;
    }
}
