using System.Diagnostics;

namespace Footprint.Grid.Bench.Reports;

/// <summary>Something that is measured in every round, and what the rounds gave.</summary>
internal sealed class Subject(string name, Func<TimeSpan, Sample> measure)
{
    private readonly List<Sample> _samples = [];

    public string Name { get; } = name;

    public void Measure(TimeSpan duration) => _samples.Add(measure(duration));

    /// <summary>
    /// Runs it without keeping the result, at least five times and until the CPU of four runs on end was no better than the
    /// best before. A pause follows each: on one busy core the runtime finds no time to compile what is hot for good.
    /// </summary>
    /// <returns>Seconds that it took.</returns>
    public double WarmUp(TimeSpan limit)
    {
        var start = Stopwatch.GetTimestamp();
        var best = double.MaxValue;
        for (var settled = 0; settled < 4 && Stopwatch.GetElapsedTime(start) < limit;)
        {
            var cpu = measure(TimeSpan.FromSeconds(Math.Min(1, limit.TotalSeconds / 8))).CpuMicros;
            Thread.Sleep(limit / 40);
            settled = cpu > 0.95 * best ? settled + 1 : 0;
            best = Math.Min(best, cpu);
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public Sample Median => new(
        Of(s => s.Rate),
        Of(s => s.CpuMicros),
        Of(s => s.HelperMicros),
        Of(s => s.P50Micros),
        Of(s => s.P99Micros),
        Of(s => s.AllocatedBytes));

    public IReadOnlyList<Sample> Samples => _samples;

    /// <summary>
    /// The median over the rounds of this subject's value by the other's in the same round. Whatever else disturbs the
    /// machine disturbs both of a round.
    /// </summary>
    public double Against(Subject other, Func<Sample, double> value)
    {
        var ratios = _samples.Zip(other._samples, (mine, others) => value(mine) / value(others)).Order().ToArray();
        return Middle(ratios);
    }

    private double Of(Func<Sample, double> value) => Middle([.. _samples.Select(value).Order()]);

    private static double Middle(double[] sorted) =>
        sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}
