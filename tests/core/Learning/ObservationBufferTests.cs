using Footprint.Grid.Core.Learning;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Tests.Learning;

/// <summary>What a pair of acts counts.</summary>
public sealed class ObservationBufferTests
{
    private const long DayMs = 86_400_000;

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(30, 0.5, 0.5)]
    [InlineData(60, 0.25, 0.5)]
    [InlineData(-1, 1, 1)]
    public void Add_ActAfterDays_CountsByTheirHalfLife(int days, double expected, double backwards)
    {
        ObservationBuffer.Entry pair = Assert.Single(Pairs(new ItemObservation("b", TenantWorld.Now, 2, ["a"], [TenantWorld.Now - (days * DayMs)])));

        Assert.Equal(2 * expected, pair.Weight, 1e-6);
        Assert.Equal(backwards * pair.Weight, pair.Backwards, 1e-5);
    }

    /// <summary>What was bought together has no order.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(10, 0.75)]
    [InlineData(90, 0.55)]
    public void Add_ActAfterSeconds_OrderTellsTheMoreTheLongerBetween(int seconds, double expected)
    {
        ObservationBuffer.Entry pair = Assert.Single(Pairs(new ItemObservation("b", TenantWorld.Now, 2, ["a"], [TenantWorld.Now - (seconds * 1000)])));

        Assert.Equal(expected, pair.Backwards / pair.Weight, 1e-6);
    }

    [Fact]
    public void Add_ActsFurtherBack_CountByTheRootOfTheirPlace()
    {
        List<ObservationBuffer.Entry> pairs = Pairs(new ItemObservation("d", TenantWorld.Now, 1, ["c", "b", "a"]));

        Assert.Equal(["c", "b", "a"], pairs.Select(p => p.Previous!));
        Assert.Equal([1, 1 / Math.Sqrt(2), 1 / Math.Sqrt(3)], pairs.Select(p => (double)p.Weight), (x, y) => Math.Abs(x - y) < 1e-6);
        Assert.Equal([0.5, 0.75, 1 - (1 / 6.0)], pairs.Select(p => (double)(p.Backwards / p.Weight)), (x, y) => Math.Abs(x - y) < 1e-6);
    }

    [Fact]
    public void Observation_TimesOfOtherActs_AreRefused() =>
        Assert.Throws<ArgumentException>(() => new ItemObservation("b", 0, 1, ["a"], [1, 2]).Weight);

    /// <summary>From the client's acts on: the longer ago, the less it goes with what comes after.</summary>
    [Fact]
    public void Record_TheSamePairFurtherApart_GoesLessTogether()
    {
        float[] strengths = [.. new[] { 0, 1, 7, 25 }.Select(StrengthAfter)];

        Assert.True(strengths[^1] > 0);
        Assert.Equal(strengths.OrderDescending(), strengths);
        Assert.Equal(strengths.Length, strengths.Distinct().Count());
    }

    private static float StrengthAfter(int days)
    {
        var grid = new TenantWorld();
        grid.Items(TenantWorld.Item("a"), TenantWorld.Item("b"));
        for (int n = 0; n < 20; n++)
        {
            var client = TenantWorld.NewClient($"c{n}");
            grid.Record(client, TenantWorld.Event("e1", item: "a", minutesAgo: (days * 1440) + 1));
            grid.Record(client, TenantWorld.Event("e2", item: "b"));
        }

        grid.Learn();
        return grid.Knowledge.NeighboursBySlot[grid.Definitions.Items.Ids.Find("a")].Strengths[0];
    }

    private static List<ObservationBuffer.Entry> Pairs(in ItemObservation observation)
    {
        var buffer = new ObservationBuffer();
        buffer.Add(observation);
        var entries = new List<ObservationBuffer.Entry>();
        buffer.Drain(entries.Add);
        return [.. entries.Where(e => e.Previous is not null)];
    }
}
