using Footprint.Grid.V1;

namespace Footprint.Grid.Engine;

/// <summary>
/// Publishes what all clients of a tenant show together. Throws <see cref="GridException"/>, <c>UNAVAILABLE</c> when the
/// publication could not be read or kept: nothing is told that was not kept.
/// </summary>
public interface IReportsEngine
{
    ValueTask<ProbesReport> GetProbesAsync(GetProbesRequest request, CallContext call);

    ValueTask<SegmentSizesReport> GetSegmentSizesAsync(GetSegmentSizesRequest request, CallContext call);
}
