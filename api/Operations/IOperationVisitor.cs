using Google.Protobuf;

namespace Footprint.Grid.Api.Operations;

/// <summary>What an adapter makes of each kind of operation.</summary>
public interface IOperationVisitor<out T>
{
    T Unary<TRequest, TResponse>(UnaryOperation<TRequest, TResponse> operation)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new();

    T ServerStreaming<TRequest, TResponse>(ServerStreamingOperation<TRequest, TResponse> operation)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new();

    T Duplex<TRequest, TResponse>(DuplexOperation<TRequest, TResponse> operation)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new();
}
