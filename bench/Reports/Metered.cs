using Footprint.Grid.Bench.Load;
using Footprint.Grid.Bench.Processes;

namespace Footprint.Grid.Bench.Reports;

/// <summary>Turns a load into a sample: its rate beside the CPU that the server and its helper spent meanwhile.</summary>
internal static class Metered
{
    /// <param name="server">Under test.</param>
    /// <param name="helper">What it leans on, if anything.</param>
    /// <param name="load">Runs the load, from a thread bound to the load's core.</param>
    /// <param name="counted">What the rate counts, of a result; all calls by default.</param>
    public static Sample Run(IMeteredServer server, IMeteredServer? helper, Func<LoadResult> load, Func<LoadResult, double>? counted = null)
    {
        var first = server.AllocatedBytes;
        var before = server.AllocatedBytes;
        var cpu = server.CpuTime;
        var helperCpu = helper?.CpuTime ?? TimeSpan.Zero;
        var result = Pinning.On(Pinning.LoadCore, load);
        var count = counted?.Invoke(result) ?? result.Total;
        var spent = server.CpuTime - cpu;

        // What one look at the metrics allocates is taken off.
        var allocated = server.AllocatedBytes - before - (before - first);
        return new Sample(
            count / result.Elapsed.TotalSeconds,
            spent.TotalMicroseconds / count,
            ((helper?.CpuTime ?? TimeSpan.Zero) - helperCpu).TotalMicroseconds / count,
            result.Latency.Quantile(0.5),
            result.Latency.Quantile(0.99),
            allocated / count);
    }
}
