using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Messages;
using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Rpc;

namespace Footprint.Grid.Grains.Engine;

/// <summary>Forwards what is about one client as it came; takes apart what is about many.</summary>
internal sealed class ClientForwarder(GrainCaller caller, BatchSplitter splitter) : IClientForwarder
{
    public async ValueTask<ReadOnlyMemory<byte>> ForwardAsync(ClientOperation operation, ReadOnlyMemory<byte> request, CallContext call)
    {
        switch (operation)
        {
            case ClientOperation.PickContent or ClientOperation.TargetAds:
                string id = RoutingKey.OfDecision(request.Span, out int deadlineMs) ?? "";
                return GrainCaller.Read(await caller.DecideAsync(operation, id, request, deadlineMs, call));
            case ClientOperation.Record or ClientOperation.Stream:
                // What a recipient tells is looked through here.
                return call.Recipient is null && RoutingKey.OfBatch(request.Span, out bool haveIds) is { Length: <= 128 } client
                    ? GrainCaller.Read(await caller.AskAsync(operation, client, request, call, haveIds))
                    : await TakeApartAsync(operation, request, call);
            default:
                throw new ArgumentOutOfRangeException(nameof(operation), operation, "Only requests about one client are forwarded.");
        }
    }

    private async Task<ReadOnlyMemory<byte>> TakeApartAsync(ClientOperation operation, ReadOnlyMemory<byte> request, CallContext call)
    {
        try
        {
            if (operation == ClientOperation.Record)
            {
                return (await splitter.RecordAsync(RecordRequest.Parser.ParseFrom(request.Span), call)).ToByteArray();
            }

            StreamRequest streamed = StreamRequest.Parser.ParseFrom(request.Span);
            var recorded = new RecordRequest { Ack = streamed.Ack };
            recorded.Events.Add(streamed.Events);
            RecordResponse response = await splitter.RecordAsync(recorded, call);
            var answer = new StreamResponse { Sequence = streamed.Sequence };
            answer.Results.Add(response.Results);
            return answer.ToByteArray();
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or IndexOutOfRangeException)
        {
            throw new GridException(Code.InvalidArgument, "The request is not a message of its type.");
        }
    }
}
