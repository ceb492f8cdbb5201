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

    [Theory]
    [InlineData(1_000)]
    [InlineData(5_000)]
    [InlineData(20_000)]
    public void Share_EvenlySpreadTimes_IsWithinOneBucketBelow(int limit)
    {
        var histogram = new LatencyHistogram();
        for (var micros = 1; micros <= 10_000; micros++)
        {
            histogram.Add((long)(micros * (Stopwatch.Frequency / 1e6)));
        }

        Assert.InRange(histogram.Share(limit), 0.96 * Math.Min(1, limit / 10_000.0), Math.Min(1, limit / 10_000.0));
    }

    [Fact]
    public void Share_NothingAdded_IsZero() => Assert.Equal(0, new LatencyHistogram().Share(1000));

    [Fact]
    public void Quantile_NothingAdded_IsZero() => Assert.Equal(0, new LatencyHistogram().Quantile(0.5));
}
