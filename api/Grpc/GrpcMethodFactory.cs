using Footprint.Grid.Api.Operations;
using Google.Protobuf;

namespace Footprint.Grid.Api.Grpc;

/// <summary>Makes the host's method for each operation of the table.</summary>
internal sealed class GrpcMethodFactory : IOperationVisitor<GrpcMethod>
{
    public GrpcMethod Unary<TRequest, TResponse>(UnaryOperation<TRequest, TResponse> operation)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() => new UnaryMethod<TRequest, TResponse>(operation);

    public GrpcMethod ServerStreaming<TRequest, TResponse>(ServerStreamingOperation<TRequest, TResponse> operation)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() => new ServerStreamingMethod<TRequest, TResponse>(operation);

    public GrpcMethod Duplex<TRequest, TResponse>(DuplexOperation<TRequest, TResponse> operation)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() => new DuplexMethod<TRequest, TResponse>(operation);
}
