using Footprint.Grid.V1;
using Google.Protobuf.Collections;

namespace Footprint.Grid.Core.Campaigns;

/// <summary>
/// What an ad is expected to be worth: its bid times the probability of a response,
/// <code>score = bid · p,   p = σ(b + z),   σ(x) = 1 / (1 + e⁻ˣ),   b = ln(0.01 / 0.99)</code>
/// <code>z = Σ over its topics of shareᵢ · (2 · s(affinityᵢ) + s(contextᵢ)) + Σ over its segments that the client is in of weightⱼ,   s(x) = x / (1 + |x|)</code>
/// b is the response of somebody of whom nothing is known: one in a hundred. shareᵢ is the topic's weight over the sum of
/// the ad's weights, so that an ad gains nothing by naming more topics; affinityᵢ is the client's affinity for the topic,
/// below 0 for a dislike; contextᵢ is the topic's weight in the context. s saturates: what is known to be liked much cannot
/// outbid everything. Interest counts double since it lasts longer than a page. The logistic is stated; where the placement
/// learns, p is the stated response times what <c>AdRates</c> learned of the campaign, at most 0.99.
/// </summary>
/// <remarks>
/// Reasons: the bid counts for <c>bid · σ(b)</c>, what it would be worth with anybody; the rest, <c>bid · (p − σ(b))</c>, is
/// divided among the terms of z by their parts of it. What was learned makes of the stated response is LEARNED, what chance
/// adds to that where the placement explores EXPLORED. The score is the sum of its reasons in their order, term for term.
/// </remarks>
internal readonly struct AdScore
{
    /// <summary>The probability that somebody responds of whom nothing is known.</summary>
    public const double BaseResponse = 0.01;

    /// <summary>No more is ever predicted.</summary>
    public const double MostResponse = 0.99;

    private const double InterestGain = 2;
    private const double ContextGain = 1;
    private const int MostTerms = (2 * CampaignLimits.MaxTopics) + CampaignLimits.MaxSegmentWeights;
    private static readonly double _base = Math.Log(BaseResponse / (1 - BaseResponse));

    private readonly AdLearning? _learning;
    private readonly ITopicAffinity? _affinity;
    private readonly ISegmentMembership? _segments;
    private readonly RepeatedField<TopicWeight>? _context;

    public AdScore(in AdAudience audience)
    {
        _learning = audience.Learning;
        _affinity = audience.Affinity;
        _segments = audience.Segments;
        _context = audience.Context is { Topics.Count: > 0 } context ? context.Topics : null;
    }

    /// <summary>The score; its terms other than 0 are added to <paramref name="reasons"/> unless that is null.</summary>
    public AdValue Of(in Ad ad, RepeatedField<Reason>? reasons)
    {
        Span<double> terms = stackalloc double[MostTerms];
        terms = terms[..Terms(ad, terms)];
        double logOdds = 0;
        foreach (double term in terms)
        {
            logOdds += term;
        }

        double stated = Logistic(_base + logOdds);
        double score = Add(0, ad.Bid * BaseResponse, Reason.Types.Kind.Bid, "", reasons);
        double scale = logOdds == 0 ? 0 : ad.Bid * (stated - BaseResponse) / logOdds;
        for (int i = 0; i < terms.Length; i++)
        {
            (Reason.Types.Kind kind, string key) = About(ad, i);
            score = Add(score, terms[i] * scale, kind, key, reasons);
        }

        (double mean, double drawn) = _learning?.Of(ad) ?? (1, 1);
        double response = Math.Min(MostResponse, stated * mean);
        score = Add(score, mean == 1 ? 0 : ad.Bid * (response - stated), Reason.Types.Kind.Learned, "", reasons);
        score = Add(score, drawn == mean ? 0 : ad.Bid * (Math.Min(MostResponse, stated * drawn) - response), Reason.Types.Kind.Explored, "", reasons);
        return new AdValue(score, response, logOdds, stated);
    }

    /// <summary>
    /// In percent: the predicted response where the placement learned from responses, else the logistic of what is known of the client and
    /// the page, where 50 says that nothing is. Neither is judged by what came of it, so neither is called calibrated.
    /// </summary>
    public int MatchPercent(in AdValue value) =>
        (int)Math.Round(100 * (_learning is { IsLearned: true } ? value.Response : Logistic(value.LogOdds)), MidpointRounding.AwayFromZero);

    // Two for each topic, one for each segment, in the order of the ad.
    private int Terms(in Ad ad, Span<double> terms)
    {
        int count = 0;
        double weights = 0;
        int topics = _affinity is null && _context is null ? 0 : ad.Topics.Count;
        for (int i = 0; i < topics; i++)
        {
            weights += ad.Topics[i].Weight;
        }

        for (int i = 0; i < topics; i++)
        {
            TopicWeight topic = ad.Topics[i];
            double share = topic.Weight / weights;
            terms[count++] = _affinity is null ? 0 : InterestGain * share * Saturate(_affinity.Affinity(topic.Topic));
            terms[count++] = _context is null ? 0 : ContextGain * share * Saturate(ContextWeight(topic.Topic));
        }

        if (_segments is not null && ad.Segments is not null)
        {
            // Topics have their places whether they count or not.
            terms[count..(2 * ad.Topics.Count)].Clear();
            count = 2 * ad.Topics.Count;
            for (int i = 0; i < ad.Segments.Count; i++)
            {
                terms[count++] = _segments.IsIn(ad.Segments[i].SegmentId) ? ad.Segments[i].Weight : 0;
            }
        }

        return count;
    }

    private static (Reason.Types.Kind Kind, string Key) About(in Ad ad, int term) =>
        term >= 2 * ad.Topics.Count ? (Reason.Types.Kind.Segment, ad.Segments![term - (2 * ad.Topics.Count)].SegmentId)
        : (term % 2 == 0 ? Reason.Types.Kind.Interest : Reason.Types.Kind.Context, ad.Topics[term / 2].Topic);

    private static double Add(double score, double term, Reason.Types.Kind kind, string key, RepeatedField<Reason>? reasons)
    {
        if (term == 0)
        {
            return score;
        }

        reasons?.Add(new Reason { Kind = kind, Key = key, Contribution = term });
        return score + term;
    }

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));

    private static double Saturate(double x) => double.IsNaN(x) ? 0 : double.IsInfinity(x) ? Math.Sign(x) : x / (1 + Math.Abs(x));

    private double ContextWeight(string topic)
    {
        double weight = 0;
        for (int i = 0; i < _context!.Count; i++)
        {
            TopicWeight candidate = _context[i];
            weight += candidate.Topic == topic ? candidate.Weight : 0;
        }

        return weight;
    }
}
