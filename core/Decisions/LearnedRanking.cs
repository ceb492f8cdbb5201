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
/// decision, those alone in which candidates differ, so a candidate costs one product of vectors and one draw of its own.
/// </summary>
internal sealed class LearnedRanking
{
    private const float LeastChance = 0.0005f;

    private readonly ChunkedArray<ItemEffect>?[] _departures = new ChunkedArray<ItemEffect>?[PickFeatures.MostSegments];
    private PlacementKnowledge _knowledge = PlacementKnowledge.Empty;
    private ChunkedArray<ItemEffect> _effects = PlacementKnowledge.Empty.Effects(0);
    private Vector256<float> _learned;
    private Vector256<float> _predicting;
    private ExplorationDraw _draw;
    private int _segments;
    private float _common;
    private float _ofPlace;

    /// <summary>Whether scores go by it.</summary>
    public bool Ranks { get; private set; }

    /// <summary>Whether the chance of the first pick is told.</summary>
    public bool Samples { get; private set; }

    /// <summary>
    /// How many of the picks were chosen first: where rules leave places, further candidates fill them, and these are not among
    /// those that could have come first.
    /// </summary>
    public int FirstPicks { get; private set; }

    /// <summary>All that were scored for the decision.</summary>
    public ExploredCandidates Candidates { get; } = new();

    public Calibration Calibration => _knowledge.Calibration;

    public void TurnOff() => (Ranks, Samples) = (false, false);

    /// <param name="knowledge">Of the placement.</param>
    /// <param name="query">Says whom and what it is about, whether scores go by what was learned, and all chance.</param>
    public void Begin(PlacementKnowledge knowledge, in ContentQuery query)
    {
        Ranks = query.Explores;
        Samples = Ranks && PropensitySampler.Samples(query.Seed);
        FirstPicks = int.MaxValue;
        _knowledge = knowledge;
        _effects = knowledge.Effects(query.Channel);
        _segments = query.SegmentsKnown;
        for (int i = 0; i < _segments; i++)
        {
            _departures[i] = knowledge.Departures(i, ((query.Segments >> i) & 1) != 0);
        }

        if (!Ranks)
        {
            return;
        }

        Candidates.Clear();
        LinearPosterior posterior = knowledge.Fit.Posterior;
        float toScore = (float)(1 / knowledge.Fit.Scale);
        Span<float> learned = stackalloc float[Vector256<float>.Count];
        learned.Clear();
        for (int i = 0; i < PickFeatures.OfItem; i++)
        {
            learned[i] = (posterior.Mean[1 + i] - posterior.Prior[1 + i]) * toScore / PickFeatures.Ranges[i];
        }

        _learned = Vector256.Create<float>(learned);
        _draw = Draw(query.Seed);
    }

    /// <summary>A draw from the posterior, by a seed alone.</summary>
    [SkipLocalsInit]
    public ExplorationDraw Draw(ulong seed)
    {
        float toScore = (float)(1 / _knowledge.Fit.Scale);
        Span<float> weights = stackalloc float[Vector256<float>.Count];
        weights.Clear();
        _knowledge.Fit.Posterior.Deviate(seed, weights);
        for (int i = 0; i < PickFeatures.OfItem; i++)
        {
            weights[i] *= toScore / PickFeatures.Ranges[i];
        }

        return new ExplorationDraw(seed, toScore, _learned + Vector256.Create<float>(weights));
    }

    /// <summary>Asks for what <see cref="Effect"/> reads.</summary>
    public void Fetch(int slot) => Prefetch.Value(in _effects.At(slot));

    /// <summary>Offers the candidates from one on, scored with what was learned and what chance adds.</summary>
    public void Offer(int from, CatalogSnapshot catalog, DecisionScratch scratch)
    {
        Candidates.Weigh(from, this);
        if (scratch.Selection.IsOn)
        {
            Candidates.Offer(from, _draw, scratch.Selection);
            if (Samples)
            {
                LeaveOut(from, catalog, scratch);
            }
        }
        else
        {
            Candidates.Offer(from, _draw, scratch.Top);
        }
    }

    /// <summary>With which chance the candidate has the best score of all.</summary>
    public double Propensity(int slot) => PropensitySampler.Of(slot, Candidates, this, _draw.Seed);

    /// <summary>The two parts of what <see cref="Offer"/> adds to a score.</summary>
    public (float Learned, float Explored) Terms(int slot, Vector256<float> terms)
    {
        terms = RankingTerms.Clamp(terms);
        (float mean, float deviation) = Effect(slot);
        return (
            (mean * _draw.ToScore) + Vector256.Dot(_learned, terms),
            (deviation * _draw.ToScore * Chance.Normal(_draw.Seed, (uint)slot)) + Vector256.Dot(_draw.Weights - _learned, terms));
    }

    /// <summary>Takes what the picks of the decision have in common, from the features of any.</summary>
    [SkipLocalsInit]
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

        _ofPlace = mean[PickFeatures.PlaceFeature];
        _predicting = Vector256.Create(mean[1], mean[2], mean[3], mean[4], mean[5], 0, 0, 0);
    }

    /// <summary>How likely the item is to be liked with those features, before calibration.</summary>
    public float Predict(int slot, ulong features) => Math.Clamp(
        Effect(slot).Mean + _common + (_ofPlace * PickFeatures.Place(features)) + Vector256.Dot(_predicting, PickFeatures.Terms(features)),
        LeastChance,
        1 - LeastChance);

    /// <summary>Mean and deviation of what an item is liked more than its terms explain.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (float Mean, float Deviation) Effect(int slot)
    {
        ItemEffect effect = _effects.At(slot);
        (float mean, float deviation) = effect.Deviation > 0 ? (effect.Mean, effect.Deviation) : (0, _knowledge.Spread);
        return _segments == 0 ? (mean, deviation) : Departed(slot, mean, deviation);
    }

    // The first pick is the best of those that the rules admit as long as there is none.
    private void LeaveOut(int from, CatalogSnapshot catalog, DecisionScratch scratch)
    {
        int picks = scratch.Top.Count;
        FirstPicks = picks > 0 ? Math.Min(FirstPicks, picks) : FirstPicks;
        for (int place = from; place < Candidates.Count; place++)
        {
            if (picks > 0 || !scratch.Selection.Limits.Admits(catalog.Items[Candidates.Slot(place)]!))
            {
                Candidates.LeaveOut(place);
            }
        }
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
