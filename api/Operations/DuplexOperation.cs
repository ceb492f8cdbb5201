using Footprint.Grid.Api.Auth;
using Footprint.Grid.Engine;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Footprint.Grid.Api.Operations;

/// <summary>
/// A stream each way where every message has its answer. The handler runs per message; an adapter reads on while earlier
/// answers are outstanding, up to a window, and writes the answers in the order of the messages.
/// </summary>
public sealed class DuplexOperation<TRequest, TResponse> : Operation
    where TRequest : class, IMessage<TRequest>, new()
    where TResponse : class, IMessage<TResponse>, new()
{
    /// <param name="requests">Reads requests and gets each back once it has been answered; by default they are made anew.</param>
    public DuplexOperation(
        MethodDescriptor method,
        Access access,
        Func<TRequest, CallContext, ValueTask<TResponse>> handler,
        IRequestPool<TRequest>? requests = null)
        : base(method, access, http: null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Check(new TRequest().Descriptor, new TResponse().Descriptor, clientStreaming: true, serverStreaming: true);
        Handler = handler;
        Requests = requests;
    }

    public override OperationKind Kind => OperationKind.Duplex;

    public Func<TRequest, CallContext, ValueTask<TResponse>> Handler { get; }

    public IRequestPool<TRequest>? Requests { get; }

    public override T Accept<T>(IOperationVisitor<T> visitor) => visitor.Duplex(this);
}
