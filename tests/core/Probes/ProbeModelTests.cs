using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Probes;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.V1;
using FsCheck;
using FsCheck.Fluent;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Core.Tests.Probes;

/// <summary>
/// Random lives of two clients, one anonymous until it becomes a part of the other, against a model that keeps lists and
/// follows the words: what was seen, asked, said.
/// </summary>
public sealed class ProbeModelTests
{
    private const int RepeatDays = 3;
    private static readonly string[] _topics = ["golf", "ski", "chess"];

    private static Arbitrary<(int Kind, int Topic, int Hours)[]> Lives => (
        from kind in Gen.Choose(0, 19)
        from topic in Gen.Choose(0, _topics.Length - 1)
        from hours in Gen.Choose(1, 40)
        select (kind, topic, hours)).ArrayOf().Select(life => life.Take(80).ToArray()).ToArbitrary();

    [Fact]
    public void AnyLife_AsksWhatTheModelAllowsAndCountsWhatProfilesRemember() => Prop.ForAll(Lives, life =>
    {
        string? fault = Run(life);
        return (fault is null).Label(fault ?? "");
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static string? Run((int Kind, int Topic, int Hours)[] life)
    {
        var grid = new ProbeWorld();
        Probe probe = ProbeWorld.Probe("ask");
        probe.RepeatAfter = ProbeWorld.Days(RepeatDays);
        grid.Define(probe);
        ClientActor known = TenantWorld.NewClient("known"), other = TenantWorld.NewClient("cookie-0");
        ProbeModel ofKnown = new(RepeatDays), ofOther = new(RepeatDays);
        int cookies = 0;
        foreach ((int kind, int at, int hours) in life)
        {
            string topic = _topics[at];
            grid.NowMs += hours * 3_600_000L;
            (ClientActor client, ProbeModel model) = kind % 3 == 0 ? (other, ofOther) : (known, ofKnown);
            switch (kind)
            {
                case <= 6:
                    grid.View(client, topic, 1 + at + (hours % 4));
                    model.Viewed(topic, 1 + at + (hours % 4), grid.NowMs);
                    break;
                case <= 12:
                    ProbeQuestion? asked = grid.Pick(client);
                    if (model.Fault(asked?.Topic, grid.NowMs) is { } fault)
                    {
                        return $"{fault} at {(grid.NowMs - TenantWorld.Now) / 3_600_000} h";
                    }

                    break;
                case 13 or 14:
                    grid.Record(client, ProbeWorld.Answer(topic, kind == 13 ? "yes" : "no", probe: ""));
                    model.Said(topic, kind == 13, grid.NowMs);
                    break;
                case 15 or 16:
                    grid.Confirm(client, topic, kind == 15);
                    model.Said(topic, kind == 15, grid.NowMs);
                    break;
                case 17:
                    client = ProbeWorld.Reload(grid.Replay(client));
                    (known, other) = client.Key == known.Key ? (client, other) : (known, client);
                    break;
                case 18:
                    known.Link(grid.Turn, other);
                    ofKnown.Merge(ofOther);
                    (other, ofOther) = (TenantWorld.NewClient($"cookie-{++cookies}"), new ProbeModel(RepeatDays));
                    break;
                default:
                    known.Erase(grid.Turn);
                    ofKnown = new ProbeModel(RepeatDays);
                    break;
            }

            string? difference = ofKnown.Difference(known) ?? ofOther.Difference(other) ?? Miscounted(grid, known, other);
            if (difference is not null)
            {
                return $"{difference} after {kind} {topic}";
            }
        }

        return null;
    }

    // The sum of all differences is what the two profiles count.
    private static string? Miscounted(ProbeWorld grid, params ClientActor[] clients)
    {
        var sum = new ProbeCounts();
        foreach (ClientActor client in clients)
        {
            foreach (((string topic, int level), ProbeSums sums) in ProbeTally.Of(client.Profile.Probes))
            {
                sum.Add(sums.Save(topic, level));
            }
        }

        string told = ProbeWorld.Rows(grid.Counts.Save()), counted = ProbeWorld.Rows(sum.Save());
        return told == counted ? null : $"told {told} where profiles count {counted}";
    }
}
