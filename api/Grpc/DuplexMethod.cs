using Footprint.Grid.Api.Operations;
using Google.Protobuf;

namespace Footprint.Grid.Api.Grpc;

/// <summary>Runs a stream each way where every message has its answer.</summary>
internal sealed class DuplexMethod<TRequest, TResponse>(DuplexOperation<TRequest, TResponse> operation) : GrpcMethod(operation)
    where TRequest : class, IMessage<TRequest>, new()
    where TResponse : class, IMessage<TResponse>, new()
{
    private readonly MessageReader<TRequest> _reader = new(operation, operation.Requests);

    public override async Task InvokeAsync(GrpcCall call)
    {
        using var stream = new DuplexStream<TRequest, TResponse>(operation, _reader, call);
        await stream.RunAsync();
    }
}
