using Footprint.Grid.Core.Audience;
using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Probes;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using FsCheck;
using FsCheck.Fluent;

namespace Footprint.Grid.Core.Tests.Probes;

/// <summary>What an answer is worth, and of how many others it tells.</summary>
public sealed class ProbeValueTests
{
    private static readonly AudienceGate _all = new(1);
    private readonly ProbeWorld _grid = new();
    private readonly ClientActor _client = TenantWorld.NewClient();

    /// <summary>By hand: s = 4/8, y = S(1.5 * (4 + 6)) = 15/19, both rates one half without any answers.</summary>
    [Fact]
    public void Value_OfAnInterest_AsTheFormulaSays()
    {
        double s = 4.0 / 8, y = 15.0 / 19;
        double expected = 0.5 * ((0.5 * (y - s) * (y - s)) + (0.5 * s * s)) * 3;

        Assert.Equal(expected, ProbeValue.Of(4, 6, ProbeKnowledge.Empty.YesRate("golf", 3, _all), ProbeKnowledge.Empty.AnswerRate("golf", _all), 3), 6);
    }

    [Fact]
    public void YesRate_MuchAnswered_IsTheTopicsOwnAndElseTheLevels()
    {
        var counts = new ProbeCounts();
        counts.Add(new StoredProbeCount { Topic = "golf", Confirmed = 96, ConfirmedClients = 96 });
        counts.Add(new StoredProbeCount { Level = 3, Confirmed = 18, ConfirmedClients = 18, Rejected = 78, RejectedClients = 78 });
        ProbeKnowledge known = counts.Publish();

        Assert.Equal((96 + (4 * 19.0 / 98)) / 100, known.YesRate("golf", 3, _all), 9);
        Assert.Equal(19.0 / 98, known.YesRate("ski", 3, _all), 9);
        Assert.Equal(0.5, known.YesRate("ski", 1, _all), 9);
    }

    /// <summary>What is asked is what a client sees of what others said, so it must not depend on few of them.</summary>
    [Fact]
    public void Rates_OfFewerClientsThanTheMinimum_AreThoseOfNone() => Prop.ForAll(
        Gen.Choose(1, 98).Three().ToArbitrary(), Gen.Choose(99, 200).ToArbitrary(), (counts, k) =>
        {
            (int probed, int confirmed, int rejected) = counts;
            var gate = new AudienceGate(k);
            ProbeKnowledge few = Known(probed, confirmed / 2, rejected / 2);
            return few.YesRate("golf", 2, gate).Equals(ProbeKnowledge.Empty.YesRate("golf", 2, gate))
                && few.AnswerRate("golf", gate).Equals(ProbeKnowledge.Empty.AnswerRate("golf", gate));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Rates_OfManyClients_GoInStepsOfTheMinimum()
    {
        var gate = new AudienceGate(50);

        Assert.Equal(Known(250, 150, 0).YesRate("golf", 2, gate), Known(260, 199, 49).YesRate("golf", 2, gate));
        Assert.NotEqual(Known(250, 150, 0).YesRate("golf", 2, gate), Known(250, 200, 0).YesRate("golf", 2, gate));
        Assert.Equal(Known(250, 200, 0).AnswerRate("golf", gate), Known(299, 190, 59).AnswerRate("golf", gate), 9);
    }

    [Fact]
    public void Pick_FewOthersSaidYes_AsksAsIfNobodyHadAndTellsNoNumber()
    {
        _grid.Define(ProbeWorld.Probe("ask", "golf", "ski"));
        _grid.View(_client, "golf", 9);
        _grid.View(_client, "ski", 8);
        ClientActor before = ProbeWorld.Reload(_client);
        ProbeQuestion asked = _grid.Pick(before)!;
        Say(40, asked.Topic);

        Assert.Equal(asked, _grid.Pick(_client));
        Assert.Equal(0, asked.ExpectedValue);
    }

    private void Say(int yeses, string topic)
    {
        foreach ((string of, uint level) in new[] { (topic, 0u), ("", 0u) })
        {
            _grid.Counts.Add(new StoredProbeCount { Topic = of, Level = level, Probed = yeses, ProbedClients = yeses, Confirmed = yeses, ConfirmedClients = yeses });
        }
    }

    private static ProbeKnowledge Known(int probed, int confirmed, int rejected)
    {
        var counts = new ProbeCounts();
        foreach ((string topic, uint level) in new[] { ("golf", 0u), ("", 2u), ("", 0u) })
        {
            counts.Add(new StoredProbeCount
            {
                Topic = topic,
                Level = level,
                Probed = probed,
                ProbedClients = probed,
                Confirmed = confirmed,
                ConfirmedClients = confirmed,
                Rejected = rejected,
                RejectedClients = rejected,
            });
        }

        return counts.Publish();
    }
}
