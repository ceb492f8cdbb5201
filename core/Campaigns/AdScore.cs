using Footprint.Grid.V1;
using Google.Protobuf.Collections;

namespace Footprint.Grid.Core.Campaigns;

/// <summary>
/// What an ad is worth to a client in a context:
/// <code>score = ln(1 + bid) + Σ over its topics of shareᵢ · (2 · s(affinityᵢ) + s(contextᵢ)),   s(x) = x / (1 + |x|)</code>
/// where shareᵢ is the topic's weight over the sum of the ad's weights, so that an ad gains nothing by naming more topics;
/// affinityᵢ is the client's affinity for the topic, below 0 for a dislike; contextᵢ is the topic's weight in the context.
/// s saturates: what is known to be liked much cannot outbid everything. Interest counts double since it lasts longer than a
/// page. The score is the sum of its reasons in their order, term for term.
/// </summary>
internal readonly struct AdScore
{
    private const double InterestGain = 2;
    private const double ContextGain = 1;

    private readonly ITopicAffinity? _affinity;
    private readonly RepeatedField<TopicWeight>? _context;

    public AdScore(ITopicAffinity? affinity, Context? context)
    {
        _affinity = affinity;
        _context = context is { Topics.Count: > 0 } ? context.Topics : null;
    }

    /// <summary>The score; its terms other than 0 are added to <paramref name="reasons"/> unless that is null.</summary>
    public double Of(in Ad ad, RepeatedField<Reason>? reasons, out double withoutBid)
    {
        double score = Add(0, Math.Log(1 + ad.Bid), Reason.Types.Kind.Bid, "", reasons);
        withoutBid = 0;
        if (_affinity is null && _context is null)
        {
            return score;
        }

        double weights = 0;
        for (int i = 0; i < ad.Topics.Count; i++)
        {
            weights += ad.Topics[i].Weight;
        }

        for (int i = 0; i < ad.Topics.Count; i++)
        {
            TopicWeight topic = ad.Topics[i];
            double share = topic.Weight / weights;
            double interest = _affinity is null ? 0 : InterestGain * share * Saturate(_affinity.Affinity(topic.Topic));
            double context = _context is null ? 0 : ContextGain * share * Saturate(ContextWeight(topic.Topic));
            score = Add(score, interest, Reason.Types.Kind.Interest, topic.Topic, reasons);
            score = Add(score, context, Reason.Types.Kind.Context, topic.Topic, reasons);
            withoutBid += interest + context;
        }

        return score;
    }

    /// <summary>The logistic of the score without its bid, in percent. Not calibrated: 50 says that nothing is known.</summary>
    public static int MatchPercent(double withoutBid) => (int)Math.Round(100 / (1 + Math.Exp(-withoutBid)), MidpointRounding.AwayFromZero);

    private static double Add(double score, double term, Reason.Types.Kind kind, string key, RepeatedField<Reason>? reasons)
    {
        if (term == 0)
        {
            return score;
        }

        reasons?.Add(new Reason { Kind = kind, Key = key, Contribution = term });
        return score + term;
    }

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
