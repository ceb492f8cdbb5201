using Footprint.Grid.Core.Audience;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Probes;

/// <summary>Makes the report about probes of what was counted.</summary>
public static class ProbeReporter
{
    /// <summary>The name under which it is published.</summary>
    public const string Name = "probes";

    private const int MostTopics = 1000;

    public static ProbesReport Of(ProbeKnowledge counts, AudienceGate gate)
    {
        ProbeSums all = counts.Of("", 0);
        var report = new ProbesReport
        {
            Clients = Clients(all, gate),
            Interests = Interests(all, gate),
            MovedClients = gate.Clients(all.Moved),
        };
        for (int level = 1; level <= EvidenceLevel.Count; level++)
        {
            ProbeSums sums = counts.Of("", level);
            report.Levels.Add(new ProbeLevel { Level = level, FromAffinity = EvidenceLevel.From(level), Clients = Clients(sums, gate), Interests = Interests(sums, gate) });
        }

        // By what is published alone, for an order by what is not would tell it.
        report.Topics.AddRange(counts.Topics
            .Select(topic => new ProbeTopic { Topic = topic, Clients = Clients(counts.Of(topic, 0), gate) })
            .Where(topic => topic.Clients.Potential.Value > 0)
            .OrderByDescending(topic => topic.Clients.Potential.Value)
            .ThenBy(topic => topic.Topic, StringComparer.Ordinal)
            .Take(MostTopics));
        return report;
    }

    private static ProbeFunnel Clients(in ProbeSums sums, AudienceGate gate) => Funnel(
        gate, gate.Clients(sums.PotentialClients), gate.Clients(sums.ProbedClients), gate.Clients(sums.ConfirmedClients), gate.Clients(sums.RejectedClients));

    private static ProbeFunnel Interests(in ProbeSums sums, AudienceGate gate) => Funnel(
        gate,
        gate.Number(sums.Potential, sums.PotentialClients),
        gate.Number(sums.Probed, sums.ProbedClients),
        gate.Number(sums.Confirmed, sums.ConfirmedClients),
        gate.Number(sums.Rejected, sums.RejectedClients));

    private static ProbeFunnel Funnel(AudienceGate gate, AudienceCount potential, AudienceCount probed, AudienceCount confirmed, AudienceCount rejected) => new()
    {
        Potential = potential,
        Probed = probed,
        Confirmed = confirmed,
        Rejected = rejected,
        Precision = gate.Share(confirmed, rejected),
    };
}
