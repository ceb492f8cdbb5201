using Footprint.Grid.Bench.Micro;

namespace Footprint.Grid.Bench.Tests.Micro;

public sealed class PairedRatioTests
{
    [Fact]
    public void Of_PairsThatSwingTogether_IsTheRatioAll()
    {
        double[] against = [.. Enumerable.Range(1, 50).Select(n => (double)n)];

        var ratio = PairedRatio.Of([.. against.Select(n => 1.05 * n)], against);

        Assert.Equal(1.05, ratio.Median, 9);
        Assert.Equal((ratio.Median, ratio.Median), (ratio.Low, ratio.High));
    }

    [Fact]
    public void Of_NoisyPairs_HoldsTheTrueRatioNearlyAlways()
    {
        const int runs = 400;
        var random = new Random(7);
        var held = Enumerable.Range(0, runs).Count(_ =>
        {
            double[] one = [.. Enumerable.Range(0, 100).Select(_ => 1.2 * Math.Exp(random.NextDouble() - 0.5))];
            var ratio = PairedRatio.Of(one, [.. one.Select(_ => 1.0)]);
            return ratio.Low <= 1.2 && 1.2 <= ratio.High;
        });

        Assert.InRange(held, 0.92 * runs, runs);
        Assert.True(held < runs, "an interval that always holds it says nothing");
    }
}
