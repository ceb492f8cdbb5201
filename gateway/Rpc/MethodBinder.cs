using Footprint.Grid.Api.Operations;
using Google.Protobuf;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;

namespace Footprint.Grid.Gateway.Rpc;

/// <summary>Binds one operation: its bytes are forwarded unread where the engine takes them so, else it is parsed and handled.</summary>
internal sealed class MethodBinder<TFacade>(ServiceMethodProviderContext<TFacade> context, MethodHandlers handlers) : IOperationVisitor<bool>
    where TFacade : class
{
    public bool Unary<TRequest, TResponse>(UnaryOperation<TRequest, TResponse> operation)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        if (Forwarding.Of(operation) is { } forwarded)
        {
            var raw = Raw(MethodType.Unary, operation);
            context.AddUnaryMethod(raw, [], (_, request, call) => handlers.ForwardAsync(forwarded, operation, request, call));
            return true;
        }

        var method = Typed<TRequest, TResponse>(MethodType.Unary, operation);
        context.AddUnaryMethod(method, [], (_, request, call) => handlers.HandleAsync(operation, request, call));
        return false;
    }

    public bool ServerStreaming<TRequest, TResponse>(ServerStreamingOperation<TRequest, TResponse> operation)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        var method = Typed<TRequest, TResponse>(MethodType.ServerStreaming, operation);
        context.AddServerStreamingMethod(method, [], (_, request, writer, call) => handlers.HandleAsync(operation, request, writer, call));
        return false;
    }

    public bool Duplex<TRequest, TResponse>(DuplexOperation<TRequest, TResponse> operation)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        if (Forwarding.Of(operation) is { } forwarded)
        {
            var raw = Raw(MethodType.DuplexStreaming, operation);
            context.AddDuplexStreamingMethod(raw, [], (_, reader, writer, call) => handlers.ForwardAsync(forwarded, operation, reader, writer, call));
            return true;
        }

        var method = Typed<TRequest, TResponse>(MethodType.DuplexStreaming, operation);
        context.AddDuplexStreamingMethod(method, [], (_, reader, writer, call) => handlers.HandleAsync(operation, reader, writer, call));
        return false;
    }

    private static Method<RawMessage, RawMessage> Raw(MethodType type, Operation operation) =>
        new(type, operation.Service, operation.Name, Marshallers.Raw, Marshallers.Raw);

    private static Method<TRequest, TResponse> Typed<TRequest, TResponse>(MethodType type, Operation operation)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        new(type, operation.Service, operation.Name, Marshallers.Request<TRequest>(operation), Marshallers.Response<TResponse>(operation));
}
