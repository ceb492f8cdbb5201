using Footprint.Grid.Core.Audience;
using Footprint.Grid.Core.Probes;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf.Reflection;

namespace Footprint.Grid.Core.Tests.Probes;

/// <summary>What the report says of counts, and what it cannot say.</summary>
public sealed class ProbeReporterTests
{
    /// <summary>Numbers that are no counts: they say how to read the others.</summary>
    private static readonly string[] _notCounts =
    [
        "footprint.grid.v1.ProbeLevel.level", "footprint.grid.v1.ProbeLevel.from_affinity", "footprint.grid.v1.Publication.minimum_audience",
    ];

    private static readonly ProbeCounts _counts = new();

    static ProbeReporterTests()
    {
        Count("golf", potential: 230, probed: 180, confirmed: 120, rejected: 30);
        Count("ski", potential: 49, probed: 49, confirmed: 49, rejected: 0);
        _counts.Add(new StoredProbeCount { Potential = 279, PotentialClients = 240, Confirmed = 169, ConfirmedClients = 49, MovedClients = 60 });
    }

    [Fact]
    public void Report_OfCounts_IsRoundedAndSilentAboutTheFew()
    {
        ProbesReport report = ProbeReporter.Of(_counts.Publish(), new AudienceGate(50));

        ProbeTopic golf = Assert.Single(report.Topics);
        Assert.Equal(("golf", 200L, 150L, 100L, 0L), (golf.Topic, golf.Clients.Potential.Value, golf.Clients.Probed.Value, golf.Clients.Confirmed.Value, golf.Clients.Rejected.Value));
        Assert.InRange(120.0 / 150, golf.Clients.Precision.Least, golf.Clients.Precision.Most);
        Assert.Equal((200L, 250L, 50L), (report.Clients.Potential.Value, report.Interests.Potential.Value, report.MovedClients.Value));

        // 169 interests of 49 clients.
        Assert.Equal(0, report.Interests.Confirmed.Value);
    }

    [Fact]
    public void Report_CountsThatDifferBelowTheMinimum_IsTheSameToTheByte() => Prop.ForAll(
        Gen.Choose(0, 400).Three().ToArbitrary(), Gen.Choose(2, 100).ToArbitrary(), (counts, k) =>
        {
            (int potential, int confirmed, int more) = counts;
            var gate = new AudienceGate(k);

            return ProbeReporter.Of(Known(potential, confirmed, rejected: 0), gate)
                .Equals(ProbeReporter.Of(Known(potential - (potential % k), confirmed - (confirmed % k), rejected: more % k), gate));
        }).QuickCheckThrowOnFailure();

    /// <summary>A number in any report is a count that passed the gate, or one of the few that are no counts.</summary>
    [Fact]
    public void Messages_OfReports_HoldNoNumberPastTheGate()
    {
        var faults = new List<string>();
        foreach (MethodDescriptor method in ReportsReflection.Descriptor.Services.SelectMany(s => s.Methods))
        {
            Walk(method.OutputType, []);
        }

        Assert.Empty(faults);

        void Walk(MessageDescriptor message, HashSet<string> seen)
        {
            if (message == AudienceCount.Descriptor || message == AudienceShare.Descriptor || message.File.Package == "google.protobuf" || !seen.Add(message.FullName))
            {
                return;
            }

            foreach (FieldDescriptor field in message.Fields.InDeclarationOrder())
            {
                if (field.FieldType == FieldType.Message)
                {
                    Walk(field.MessageType, seen);
                }
                else if (field.FieldType is not (FieldType.String or FieldType.Bool or FieldType.Enum) && !_notCounts.Contains(field.FullName))
                {
                    faults.Add(field.FullName);
                }
            }
        }
    }

    private static ProbeKnowledge Known(int potential, int confirmed, int rejected)
    {
        var counts = new ProbeCounts();
        counts.Add(new StoredProbeCount { Topic = "golf", Potential = potential, PotentialClients = potential, Confirmed = confirmed, ConfirmedClients = confirmed, Rejected = rejected, RejectedClients = rejected });
        counts.Add(new StoredProbeCount { Potential = potential, PotentialClients = potential, MovedClients = rejected });
        return counts.Publish();
    }

    private static void Count(string topic, long potential, long probed, long confirmed, long rejected) => _counts.Add(new StoredProbeCount
    {
        Topic = topic,
        Potential = potential,
        Probed = probed,
        Confirmed = confirmed,
        Rejected = rejected,
        PotentialClients = potential,
        ProbedClients = probed,
        ConfirmedClients = confirmed,
        RejectedClients = rejected,
    });
}
