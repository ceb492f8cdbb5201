using System.Collections.Frozen;
using Footprint.Grid.Core.Audience;

namespace Footprint.Grid.Core.Probes;

/// <summary>What clients together answered, as of one moment; immutable.</summary>
public sealed class ProbeKnowledge
{
    /// <summary>Answers that a topic's own record must have to count as much as what is known from all topics.</summary>
    private const double Prior = 4;

    private readonly FrozenDictionary<(string Topic, int Level), ProbeSums> _rows;

    internal ProbeKnowledge(IEnumerable<KeyValuePair<(string Topic, int Level), ProbeSums>> rows) => _rows = rows.ToFrozenDictionary();

    public static ProbeKnowledge Empty { get; } = new([]);

    /// <summary>Topics with a row.</summary>
    internal IEnumerable<string> Topics => _rows.Keys.Where(k => k.Topic.Length > 0).Select(k => k.Topic);

    internal ProbeSums Of(string topic, int level) => _rows.GetValueOrDefault((topic, level));

    /// <summary>
    /// How likely a yes is: the mean of the beta posterior of the topic's yeses and noes, Beta(4m + yes, 4(1 - m) + no), its
    /// prior centred at m, the mean of the posterior of the evidence level's, Beta(1 + yes, 1 + no). All counts as the
    /// minimum audience lets them out: which question a client gets tells nothing about fewer than k others.
    /// </summary>
    internal double YesRate(string topic, int level, AudienceGate gate)
    {
        ProbeSums ofLevel = Of("", level), ofTopic = Of(topic, 0);
        double confirmed = Confirmed(ofLevel, gate);
        double mean = (confirmed + 1) / (confirmed + Rejected(ofLevel, gate) + 2);
        double yes = Confirmed(ofTopic, gate), no = Rejected(ofTopic, gate);
        return (yes + (Prior * mean)) / (yes + no + Prior);
    }

    /// <summary>How likely an answer is at all, likewise: of the topic's probes, with a prior centred at that of all.</summary>
    internal double AnswerRate(string topic, AudienceGate gate)
    {
        ProbeSums all = Of("", 0), own = Of(topic, 0);
        double mean = Rate(all, Math.Max(all.ConfirmedClients, all.RejectedClients), 2, 0.5, gate);

        // A client has answered about one topic with a yes or with a no.
        return Rate(own, own.ConfirmedClients + own.RejectedClients, Prior, mean, gate);
    }

    private static double Rate(ProbeSums sums, long answering, double prior, double mean, AudienceGate gate)
    {
        double asked = gate.Round(sums.Probed, sums.ProbedClients);
        double answered = Math.Min(asked, gate.Round(sums.Confirmed + sums.Rejected, answering));
        return (answered + (prior * mean)) / (asked + prior);
    }

    private static double Confirmed(ProbeSums sums, AudienceGate gate) => gate.Round(sums.Confirmed, sums.ConfirmedClients);

    private static double Rejected(ProbeSums sums, AudienceGate gate) => gate.Round(sums.Rejected, sums.RejectedClients);
}
