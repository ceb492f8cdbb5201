using System.Diagnostics;
using System.Numerics;

namespace Footprint.Grid.Bench.Load;

/// <summary>Counts times in buckets 3 % wide, from nanoseconds to hours, without allocating.</summary>
internal sealed class LatencyHistogram
{
    private const int SubBits = 5;
    private readonly long[] _buckets = new long[(64 - SubBits) << SubBits];

    public long Count { get; private set; }

    public void Add(long stopwatchTicks)
    {
        var nanoseconds = (ulong)(stopwatchTicks * (1e9 / Stopwatch.Frequency));
        _buckets[Bucket(nanoseconds)]++;
        Count++;
    }

    /// <summary>In microseconds; the upper end of the bucket that holds the quantile.</summary>
    public double Quantile(double quantile)
    {
        var rank = (long)Math.Ceiling(quantile * Count);
        long seen = 0;
        for (var i = 0; i < _buckets.Length; i++)
        {
            seen += _buckets[i];
            if (seen >= rank && seen > 0)
            {
                return UpperEnd(i) / 1000.0;
            }
        }

        return 0;
    }

    /// <summary>Of all times, those of no more than so many microseconds; a bucket counts when all of it does.</summary>
    public double Share(double micros)
    {
        long within = 0;
        for (var i = 0; i < _buckets.Length && UpperEnd(i) <= micros * 1000; i++)
        {
            within += _buckets[i];
        }

        return Count == 0 ? 0 : (double)within / Count;
    }

    private static int Bucket(ulong value)
    {
        if (value < 1 << SubBits)
        {
            return (int)value;
        }

        var shift = 63 - BitOperations.LeadingZeroCount(value) - SubBits;
        return ((shift + 1) << SubBits) + (int)((value >> shift) & ((1 << SubBits) - 1));
    }

    private static double UpperEnd(int bucket)
    {
        var group = bucket >> SubBits;
        var offset = bucket & ((1 << SubBits) - 1);
        return group == 0 ? offset : ((long)(1 << SubBits) + offset + 1) * Math.Pow(2, group - 1);
    }
}
