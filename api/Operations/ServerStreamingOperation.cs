using Footprint.Grid.Api.Auth;
using Footprint.Grid.Engine;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Footprint.Grid.Api.Operations;

/// <summary>One request, any number of responses; the sequence ends when its enumerator does.</summary>
public sealed class ServerStreamingOperation<TRequest, TResponse> : Operation
    where TRequest : class, IMessage<TRequest>, new()
    where TResponse : class, IMessage<TResponse>, new()
{
    public ServerStreamingOperation(
        MethodDescriptor method, Access access, Func<TRequest, CallContext, IAsyncEnumerable<TResponse>> handler)
        : base(method, access, http: null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Check(new TRequest().Descriptor, new TResponse().Descriptor, clientStreaming: false, serverStreaming: true);
        Handler = handler;
    }

    public override OperationKind Kind => OperationKind.ServerStreaming;

    public Func<TRequest, CallContext, IAsyncEnumerable<TResponse>> Handler { get; }

    public override T Accept<T>(IOperationVisitor<T> visitor) => visitor.ServerStreaming(this);
}
