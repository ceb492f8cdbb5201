using System.Diagnostics.Metrics;

namespace Footprint.Grid.Api.Telemetry;

/// <summary>What becomes of one instrument's measurements.</summary>
internal sealed class MetricSink(MetricFamily family, Instrument instrument)
{
    // Observed values are totals, but their series begin at nothing with every scrape: adding also sums instruments of one name.
    private readonly bool _replaces = !instrument.IsObservable && IsKind(instrument, typeof(Gauge<>));

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (!double.IsFinite(value))
        {
            return;
        }

        var series = family.Find(tags);
        if (family.Type == MetricType.Histogram)
        {
            series.Observe(value);
        }
        else if (_replaces)
        {
            series.Set(value);
        }
        else
        {
            series.Add(value);
        }
    }

    /// <summary>Null for a kind that Prometheus has no type for.</summary>
    public static MetricType? TypeOf(Instrument instrument)
    {
        if (IsKind(instrument, typeof(Counter<>)) || IsKind(instrument, typeof(ObservableCounter<>)))
        {
            return MetricType.Counter;
        }

        if (IsKind(instrument, typeof(Histogram<>)))
        {
            return MetricType.Histogram;
        }

        return IsKind(instrument, typeof(UpDownCounter<>)) || IsKind(instrument, typeof(ObservableUpDownCounter<>))
            || IsKind(instrument, typeof(Gauge<>)) || IsKind(instrument, typeof(ObservableGauge<>))
            ? MetricType.Gauge
            : null;
    }

    public static double[] BoundsOf(Instrument instrument) => instrument switch
    {
        Histogram<double> histogram => MetricBounds.For(histogram),
        Histogram<float> histogram => MetricBounds.For(histogram),
        Histogram<long> histogram => MetricBounds.For(histogram),
        Histogram<int> histogram => MetricBounds.For(histogram),
        Histogram<short> histogram => MetricBounds.For(histogram),
        Histogram<byte> histogram => MetricBounds.For(histogram),
        Histogram<decimal> histogram => MetricBounds.For(histogram),
        _ => [],
    };

    private static bool IsKind(Instrument instrument, Type kind)
    {
        for (var type = instrument.GetType(); type is not null; type = type.BaseType)
        {
            if (type.IsGenericType && type.GetGenericTypeDefinition() == kind)
            {
                return true;
            }
        }

        return false;
    }
}
