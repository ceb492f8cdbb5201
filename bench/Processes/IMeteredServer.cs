namespace Footprint.Grid.Bench.Processes;

/// <summary>What is measured: one process, or all that serve together.</summary>
internal interface IMeteredServer
{
    /// <summary>User and system time so far; steps of 10 ms.</summary>
    TimeSpan CpuTime { get; }

    /// <summary>Bytes allocated so far; NaN where that is not known.</summary>
    double AllocatedBytes { get; }
}
