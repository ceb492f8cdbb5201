using System.Diagnostics.Metrics;

namespace Footprint.Grid.Api.Telemetry;

/// <summary>Upper bounds of a histogram's buckets: the instrument's own advice, else by its unit.</summary>
internal static class MetricBounds
{
    // A pick takes tens of microseconds; the customary 5 ms for the first bound would show nothing.
    private static readonly double[] _seconds =
        [0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private static readonly double[] _counts = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 100_000, 1_000_000];

    public static double[] For<T>(Histogram<T> instrument)
        where T : struct
    {
        if (instrument.Advice?.HistogramBucketBoundaries is { Count: > 0 } advised)
        {
            return [.. advised.Select(bound => Convert.ToDouble(bound, null)).Distinct().Order()];
        }

        return instrument.Unit switch
        {
            "s" => _seconds,
            "ms" => [.. _seconds.Select(bound => bound * 1_000)],
            _ => _counts,
        };
    }
}
