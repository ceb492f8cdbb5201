namespace Footprint.Grid.Api.Telemetry;

/// <summary>One labelled series: a value, or a histogram when it has bounds. Safe for many writers.</summary>
/// <param name="labels">Rendered and escaped, without braces; empty when there are none.</param>
/// <param name="bounds">Upper bounds of the buckets, ascending; empty for a plain value.</param>
internal sealed class MetricSeries(string labels, double[] bounds)
{
    private readonly long[] _buckets = new long[bounds.Length == 0 ? 0 : bounds.Length + 1];
    private double _value;

    public string Labels => labels;

    /// <summary>The value, or the sum of a histogram.</summary>
    public double Value => Volatile.Read(ref _value);

    public void Add(double amount)
    {
        double seen;
        var expected = Volatile.Read(ref _value);
        while ((seen = Interlocked.CompareExchange(ref _value, expected + amount, expected)) != expected && !double.IsNaN(seen))
        {
            expected = seen;
        }
    }

    public void Set(double value) => Volatile.Write(ref _value, value);

    public void Observe(double value)
    {
        var index = Array.BinarySearch(bounds, value);
        Interlocked.Increment(ref _buckets[index >= 0 ? index : ~index]);
        Add(value);
    }

    /// <summary>Counts per bucket, not yet cumulative; the last one is above every bound.</summary>
    public long[] ReadBuckets()
    {
        var copy = new long[_buckets.Length];
        for (var i = 0; i < copy.Length; i++)
        {
            copy[i] = Interlocked.Read(ref _buckets[i]);
        }

        return copy;
    }
}
