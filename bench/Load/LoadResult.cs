namespace Footprint.Grid.Bench.Load;

/// <summary>What a load came to.</summary>
/// <param name="Calls">Calls answered with status 0, by path.</param>
/// <param name="Elapsed">From the first call to the last answer.</param>
/// <param name="Bytes">Received.</param>
/// <param name="Latency">From the moment a call was written to its last byte, the queue on the server's side included.</param>
internal sealed record LoadResult(long[] Calls, TimeSpan Elapsed, long Bytes, LatencyHistogram Latency)
{
    public long Total => Calls.Sum();

    public double Rate => Total / Elapsed.TotalSeconds;
}
