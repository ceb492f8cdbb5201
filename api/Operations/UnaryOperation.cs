using Footprint.Grid.Api.Auth;
using Footprint.Grid.Engine;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Footprint.Grid.Api.Operations;

/// <summary>One request, one response.</summary>
public sealed class UnaryOperation<TRequest, TResponse> : Operation
    where TRequest : class, IMessage<TRequest>, new()
    where TResponse : class, IMessage<TResponse>, new()
{
    /// <param name="release">Gets every response back once it has been written, or dropped.</param>
    /// <param name="atOnce">Asked before the handler by adapters that have bytes; leaves calls of a key that acts for a recipient to the handler.</param>
    public UnaryOperation(
        MethodDescriptor method,
        Access access,
        Func<TRequest, CallContext, ValueTask<TResponse>> handler,
        HttpBinding? http = null,
        Action<TResponse>? release = null,
        AtOnceHandler? atOnce = null)
        : base(method, access, http)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Check(new TRequest().Descriptor, new TResponse().Descriptor, clientStreaming: false, serverStreaming: false);
        Handler = Recipient is null ? handler : (request, call) =>
        {
            Bind(request, call);
            return handler(request, call);
        };
        AtOnce = atOnce;
        Release = release;
    }

    public override OperationKind Kind => OperationKind.Unary;

    public Func<TRequest, CallContext, ValueTask<TResponse>> Handler { get; }

    public AtOnceHandler? AtOnce { get; }

    public Action<TResponse>? Release { get; }

    public override T Accept<T>(IOperationVisitor<T> visitor) => visitor.Unary(this);
}
