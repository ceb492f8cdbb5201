using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.Core.Memory;

namespace Footprint.Grid.Core.Decisions;

/// <summary>
/// What outcomes add to one decision's scores. The probability of a like is m'x + u, m and u being the posterior means of
/// <see cref="LinearPosterior"/> and <see cref="ItemEffects"/>; in units of score it is the fixed ranking's own score plus
/// <c>((m - m0)'x + u) / scale</c>, the reason LEARNED, m0 being the prior. Thompson sampling draws m and u from their
/// posteriors instead; the difference is the reason EXPLORED. All chance is the turn's seed's. The weights are drawn once a
/// decision, so a candidate costs one product of vectors and one draw of its own.
/// </summary>
internal sealed class LearnedRanking
{
    private const float LeastChance = 0.0005f;

    private readonly PropensitySampler _sampler = new();
    private readonly ChunkedArray<ItemEffect>?[] _departures = new ChunkedArray<ItemEffect>?[PickFeatures.MostSegments];
    private PlacementKnowledge _knowledge = PlacementKnowledge.Empty;
    private ChunkedArray<ItemEffect> _effects = PlacementKnowledge.Empty.Effects(0);
    private Vector256<float> _learned;
    private Vector256<float> _explored;
    private int _segments;
    private ulong _seed;
    private float _toScore;
    private float _common;

    /// <summary>Whether scores go by it.</summary>
    public bool Ranks { get; private set; }

    /// <summary>Whether the chance of the first pick is told; candidates are noted then.</summary>
    public bool Samples { get; private set; }

    public Calibration Calibration => _knowledge.Calibration;

    public void TurnOff() => (Ranks, Samples) = (false, false);

    /// <param name="knowledge">Of the placement.</param>
    /// <param name="query">Says whom and what it is about, whether scores go by what was learned, and all chance.</param>
    public void Begin(PlacementKnowledge knowledge, in ContentQuery query)
    {
        Ranks = query.Explores;
        Samples = Ranks && PropensitySampler.Samples(query.Seed);
        _knowledge = knowledge;
        _effects = knowledge.Effects(query.Channel);
        _segments = query.SegmentsKnown;
        for (int i = 0; i < _segments; i++)
        {
            _departures[i] = knowledge.Departures(i, ((query.Segments >> i) & 1) != 0);
        }

        _seed = query.Seed;
        if (!Ranks)
        {
            return;
        }

        _sampler.Clear();
        LinearPosterior posterior = knowledge.Fit.Posterior;
        _toScore = (float)(1 / knowledge.Fit.Scale);
        _explored = Draw(_seed);
        Span<float> learned = stackalloc float[Vector256<float>.Count];
        learned.Clear();
        for (int i = 0; i < PickFeatures.OfItem; i++)
        {
            learned[i] = (posterior.Mean[1 + i] - posterior.Prior[1 + i]) * _toScore / PickFeatures.Ranges[i];
        }

        _learned = Vector256.Create<float>(learned);
    }

    /// <summary>What chance adds to the weight of each term, by a draw from the posterior.</summary>
    [SkipLocalsInit]
    public Vector256<float> Draw(ulong seed)
    {
        Span<double> deviation = stackalloc double[PickFeatures.Count];
        for (int i = 0; i < deviation.Length; i++)
        {
            deviation[i] = Chance.Normal(seed, (ulong)i + 0x1000_0000_0000);
        }

        _knowledge.Fit.Posterior.Deviate(deviation);
        Span<float> weights = stackalloc float[Vector256<float>.Count];
        weights.Clear();
        for (int i = 0; i < PickFeatures.OfItem; i++)
        {
            weights[i] = (float)deviation[1 + i] * _toScore / PickFeatures.Ranges[i];
        }

        return Vector256.Create<float>(weights);
    }

    /// <summary>Of the candidates noted, the one that would be best without anything learned.</summary>
    public int Unlearned => _sampler.Unlearned;

    /// <summary>Asks for what <see cref="Score"/> reads.</summary>
    public void Fetch(int slot) => Prefetch.Value(in _effects.At(slot));

    /// <summary>The score with what was learned of an item with these terms, and what chance adds.</summary>
    public float Score(int slot, float score, Vector256<float> terms)
    {
        terms = RankingTerms.Clamp(terms);
        (float mean, float deviation) = Effect(slot);
        if (Samples)
        {
            _sampler.Note(slot, score, (mean * _toScore) + Vector256.Dot(_learned, terms), deviation * _toScore, terms);
        }

        float own = mean + (deviation * Chance.Normal(_seed, (ulong)slot));
        return score + (own * _toScore) + Vector256.Dot(_learned + _explored, terms);
    }

    /// <summary>With which chance the candidate has the best score of those noted.</summary>
    public double Propensity(int slot) => _sampler.Of(slot, this, _seed);

    /// <summary>The two parts of what <see cref="Score"/> adds.</summary>
    public (float Learned, float Explored) Terms(int slot, Vector256<float> terms)
    {
        terms = RankingTerms.Clamp(terms);
        (float mean, float deviation) = Effect(slot);
        return (
            (mean * _toScore) + Vector256.Dot(_learned, terms),
            (deviation * _toScore * Chance.Normal(_seed, (ulong)slot)) + Vector256.Dot(_explored, terms));
    }

    /// <summary>Takes what the picks of the decision have in common, from the features of any.</summary>
    public void BeginPicks(ulong features)
    {
        Span<float> x = stackalloc float[PickFeatures.Count];
        PickFeatures.Unpack(features, x);
        ReadOnlySpan<float> mean = _knowledge.Fit.Posterior.Mean;
        _common = mean[0];
        for (int i = PickFeatures.OfDecision; i < x.Length; i++)
        {
            _common += mean[i] * x[i];
        }
    }

    /// <summary>How likely the item is to be liked with those features, before calibration.</summary>
    public float Predict(int slot, ulong features)
    {
        ReadOnlySpan<float> mean = _knowledge.Fit.Posterior.Mean;
        float sum = Effect(slot).Mean + _common + (mean[PickFeatures.PlaceFeature] * PickFeatures.Place(features));
        for (int i = 0; i < PickFeatures.OfItem; i++)
        {
            sum += mean[1 + i] * PickFeatures.Term(features, i);
        }

        return Math.Clamp(sum, LeastChance, 1 - LeastChance);
    }

    private (float Mean, float Deviation) Effect(int slot)
    {
        ItemEffect effect = _effects.At(slot);
        (float mean, float deviation) = effect.Deviation > 0 ? (effect.Mean, effect.Deviation) : (0, _knowledge.Spread);
        return _segments == 0 ? (mean, deviation) : Departed(slot, mean, deviation);
    }

    private (float Mean, float Deviation) Departed(int slot, float mean, float deviation)
    {
        float variance = deviation * deviation;
        for (int i = 0; i < _segments; i++)
        {
            if (_departures[i] is { } departures)
            {
                ItemEffect own = departures.At(slot);
                float rest = own.Deviation > 0 ? own.Deviation : _knowledge.SegmentSpread;
                mean += own.Mean;
                variance += rest * rest;
            }
        }

        return (mean, MathF.Sqrt(variance));
    }
}
