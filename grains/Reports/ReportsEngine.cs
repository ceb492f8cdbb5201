using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Messages;
using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Rpc;

namespace Footprint.Grid.Grains.Reports;

/// <summary>Asks each tenant's grain; a call that gets no answer is repeated until its deadline, for the answer is the same.</summary>
internal sealed class ReportsEngine(IGrainFactory grains, TimeProvider time) : IReportsEngine
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);

    public async ValueTask<ProbesReport> GetProbesAsync(GetProbesRequest request, CallContext call) =>
        ProbesReport.Parser.ParseFrom((await AskAsync(ReportKind.Probes, request, call)).Span);

    private async Task<ReadOnlyMemory<byte>> AskAsync(ReportKind kind, IMessage request, CallContext call)
    {
        var payload = new Payload((byte)kind, call.Deadline.ToUnixTimeMilliseconds(), request.ToByteArray());
        while (true)
        {
            TimeSpan left = call.Deadline - time.GetUtcNow();
            try
            {
                Payload answer = await grains.GetGrain<IReportsGrain>(call.Tenant).GetAsync(payload).WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, call.Cancelled);
                return answer.Kind == (byte)PayloadKind.Answer ? answer.Body : throw FaultCodec.Decode(answer.Body);
            }
            catch (OperationCanceledException) when (call.Cancelled.IsCancellationRequested)
            {
                throw new GridException(Code.Cancelled, "The caller went away.");
            }
            catch (Exception e) when (e is not GridException && left > _pause)
            {
                await Task.Delay(_pause, time, CancellationToken.None);
            }
            catch (Exception e) when (e is not GridException)
            {
                throw new GridException(Code.Unavailable, "No silo answered in time.");
            }
        }
    }
}
