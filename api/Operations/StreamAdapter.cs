using System.Runtime.CompilerServices;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;

namespace Footprint.Grid.Api.Operations;

/// <summary>One message of the event stream is one batch.</summary>
internal sealed class StreamAdapter(IClientEngine engine)
{
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<StreamResponse> RecordAsync(StreamRequest message, CallContext call)
    {
        var batch = new RecordRequest { Ack = message.Ack };
        batch.Events.AddRange(message.Events);
        var answer = await engine.RecordAsync(batch, call);
        var response = new StreamResponse { Sequence = message.Sequence };
        response.Results.AddRange(answer.Results);
        return response;
    }
}
