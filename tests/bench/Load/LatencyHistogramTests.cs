using System.Diagnostics;
using Footprint.Grid.Bench.Load;

namespace Footprint.Grid.Bench.Tests.Load;

public class LatencyHistogramTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.99)]
    [InlineData(1.0)]
    public void Quantile_EvenlySpreadTimes_IsWithinOneBucket(double quantile)
    {
        var histogram = new LatencyHistogram();
        for (var micros = 1; micros <= 10_000; micros++)
        {
            histogram.Add((long)(micros * (Stopwatch.Frequency / 1e6)));
        }

        var measured = histogram.Quantile(quantile);

        Assert.InRange(measured, 0.999 * quantile * 10_000, 1.04 * quantile * 10_000);
    }

    [Fact]
    public void Quantile_NothingAdded_IsZero() => Assert.Equal(0, new LatencyHistogram().Quantile(0.5));
}
