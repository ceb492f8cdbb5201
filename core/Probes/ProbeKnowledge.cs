using System.Collections.Frozen;

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
    /// prior centred at m, the mean of the posterior of the evidence level's, Beta(1 + yes, 1 + no).
    /// </summary>
    internal double YesRate(string topic, int level)
    {
        ProbeSums ofLevel = Of("", level), ofTopic = Of(topic, 0);
        double mean = (Positive(ofLevel.Confirmed) + 1) / (Positive(ofLevel.Confirmed) + Positive(ofLevel.Rejected) + 2);
        double yes = Positive(ofTopic.Confirmed), no = Positive(ofTopic.Rejected);
        return (yes + (Prior * mean)) / (yes + no + Prior);
    }

    /// <summary>How likely an answer is at all, likewise: of the topic's probes, with a prior centred at that of all.</summary>
    internal double AnswerRate(string topic)
    {
        double mean = Rate(Of("", 0), 2, 0.5);
        return Rate(Of(topic, 0), Prior, mean);
    }

    private static double Rate(ProbeSums sums, double prior, double mean)
    {
        double asked = Positive(sums.Probed);
        double answered = Math.Min(asked, Positive(sums.Confirmed) + Positive(sums.Rejected));
        return (answered + (prior * mean)) / (asked + prior);
    }

    // A step that a crash took away may have been the one that another takes back.
    private static double Positive(long count) => Math.Max(0, count);
}
