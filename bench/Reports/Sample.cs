namespace Footprint.Grid.Bench.Reports;

/// <summary>One round's measurement of one subject.</summary>
/// <param name="Rate">What it is counted in, per second.</param>
/// <param name="CpuMicros">CPU of the server under test for each, in µs.</param>
/// <param name="HelperMicros">CPU of what the server leans on, for example Redis, for each; 0 when nothing.</param>
/// <param name="P50Micros">Half of the answers came within this; queueing at full load included.</param>
/// <param name="P99Micros">99 of 100 came within this.</param>
/// <param name="AllocatedBytes">That the server allocated for each; NaN when not measured.</param>
internal readonly record struct Sample(double Rate, double CpuMicros, double HelperMicros, double P50Micros, double P99Micros, double AllocatedBytes = double.NaN);
