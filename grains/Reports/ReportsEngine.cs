using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Engine;
using Footprint.Grid.V1;
using Google.Protobuf;

namespace Footprint.Grid.Grains.Reports;

/// <summary>Asks each tenant's grain; a call that gets no answer is repeated until its deadline, for the answer is the same.</summary>
internal sealed class ReportsEngine(IGrainFactory grains, TimeProvider time) : IReportsEngine
{
    public async ValueTask<ProbesReport> GetProbesAsync(GetProbesRequest request, CallContext call) =>
        ProbesReport.Parser.ParseFrom((await AskAsync(ReportKind.Probes, request, call)).Span);

    public async ValueTask<SegmentSizesReport> GetSegmentSizesAsync(GetSegmentSizesRequest request, CallContext call) =>
        SegmentSizesReport.Parser.ParseFrom((await AskAsync(ReportKind.SegmentSizes, request, call)).Span);

    private Task<ReadOnlyMemory<byte>> AskAsync(ReportKind kind, IMessage request, CallContext call) =>
        TenantCall.AskAsync(grains.GetGrain<IReportsGrain>(call.Tenant).GetAsync, (byte)kind, request, isRead: true, time, call);
}
