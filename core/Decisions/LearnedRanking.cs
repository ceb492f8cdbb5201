using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Core.Learning.Outcomes;

namespace Footprint.Grid.Core.Decisions;

/// <summary>
/// What outcomes add to one decision's scores. The probability of a like is m'x + u, m and u being the posterior means of
/// <see cref="LinearPosterior"/> and <see cref="ItemEffects"/>; in units of score it is the fixed ranking's own score plus
/// <c>((m - m0)'x + u) / scale</c>, the reason LEARNED, m0 being the prior. Thompson sampling draws m and u from their
/// posteriors instead; the difference is the reason EXPLORED. All chance is the turn's seed's.
/// </summary>
internal sealed class LearnedRanking
{
    private const float LeastChance = 0.0005f;

    private readonly float[] _learned = new float[PickFeatures.OfItem];
    private readonly float[] _explored = new float[PickFeatures.OfItem];
    private PlacementKnowledge _knowledge = PlacementKnowledge.Empty;
    private ChunkedArray<ItemEffect> _effects = PlacementKnowledge.Empty.Effects(0);
    private readonly PropensitySampler _sampler = new();
    private ulong _seed;
    private float _toScore;

    /// <summary>Whether scores go by it.</summary>
    public bool Ranks { get; private set; }

    /// <summary>Whether the chance of the first pick is told; candidates are to be noted then.</summary>
    public bool Samples => Ranks && PropensitySampler.Samples(_seed);

    public Calibration Calibration => _knowledge.Calibration;

    public void TurnOff() => Ranks = false;

    /// <param name="knowledge">Of the placement.</param>
    /// <param name="channel">Number of the request's channel.</param>
    /// <param name="ranks">Whether scores go by it.</param>
    /// <param name="seed">Of the turn.</param>
    public void Begin(PlacementKnowledge knowledge, int channel, bool ranks, ulong seed)
    {
        Ranks = ranks;
        _knowledge = knowledge;
        _effects = knowledge.Effects(channel);
        _seed = seed;
        if (!ranks)
        {
            return;
        }

        _sampler.Clear();
        LinearPosterior posterior = knowledge.Fit.Posterior;
        _toScore = (float)(1 / knowledge.Fit.Scale);
        Draw(seed, _explored);
        for (int i = 0; i < PickFeatures.OfItem; i++)
        {
            _learned[i] = (posterior.Mean[1 + i] - posterior.Prior[1 + i]) * _toScore / PickFeatures.Ranges[i];
        }
    }

    /// <summary>What chance adds to the weight of each term, by a draw from the posterior.</summary>
    public void Draw(ulong seed, Span<float> weights)
    {
        Span<double> deviation = stackalloc double[PickFeatures.Count];
        for (int i = 0; i < deviation.Length; i++)
        {
            deviation[i] = Chance.Normal(seed, (ulong)i + 0x1000_0000_0000);
        }

        _knowledge.Fit.Posterior.Deviate(deviation);
        for (int i = 0; i < PickFeatures.OfItem; i++)
        {
            weights[i] = (float)deviation[1 + i] * _toScore / PickFeatures.Ranges[i];
        }
    }

    /// <summary>Of the candidates noted, the one that would be best without anything learned.</summary>
    public int Unlearned => _sampler.Unlearned;

    /// <summary>Notes a candidate with its score by the fixed ranking and what outcomes add to it, without what chance adds.</summary>
    public void Note(int slot, float score, float learned, ReadOnlySpan<float> terms)
    {
        Span<float> clamped = stackalloc float[PickFeatures.OfItem];
        for (int i = 0; i < clamped.Length; i++)
        {
            clamped[i] = Math.Clamp(terms[i], -PickFeatures.Ranges[i], PickFeatures.Ranges[i]);
        }

        _sampler.Note(slot, score, learned, Effect(slot).Deviation * _toScore, clamped);
    }

    /// <summary>With which chance the candidate has the best score of those noted.</summary>
    public double Propensity(int slot) => _sampler.Of(slot, this, _seed);

    /// <summary>What is added to the score of an item with these terms: what was learned, and what chance adds.</summary>
    public (float Learned, float Explored) Terms(int slot, ReadOnlySpan<float> terms)
    {
        (float mean, float deviation) = Effect(slot);
        float learned = mean * _toScore;
        float explored = deviation * _toScore * (float)Chance.Normal(_seed, (ulong)slot);

        // Asked for a hundred times a decision: one check of the bounds for each list.
        ReadOnlySpan<float> ranges = PickFeatures.Ranges[..PickFeatures.OfItem];
        ReadOnlySpan<float> learnedBy = _learned.AsSpan(0, PickFeatures.OfItem);
        ReadOnlySpan<float> exploredBy = _explored.AsSpan(0, PickFeatures.OfItem);
        terms = terms[..PickFeatures.OfItem];
        for (int i = 0; i < PickFeatures.OfItem; i++)
        {
            float term = MathF.Min(MathF.Max(terms[i], -ranges[i]), ranges[i]);
            learned += learnedBy[i] * term;
            explored += exploredBy[i] * term;
        }

        return (learned, explored);
    }

    /// <summary>How likely the item is to be liked with those features, before calibration.</summary>
    public float Predict(int slot, ulong features)
    {
        Span<float> x = stackalloc float[PickFeatures.Count];
        PickFeatures.Unpack(features, x);
        float sum = Effect(slot).Mean;
        ReadOnlySpan<float> mean = _knowledge.Fit.Posterior.Mean;
        for (int i = 0; i < x.Length; i++)
        {
            sum += mean[i] * x[i];
        }

        return Math.Clamp(sum, LeastChance, 1 - LeastChance);
    }

    private (float Mean, float Deviation) Effect(int slot)
    {
        ItemEffect effect = _effects.At(slot);
        return effect.Deviation > 0 ? (effect.Mean, effect.Deviation) : (0, _knowledge.Spread);
    }
}
