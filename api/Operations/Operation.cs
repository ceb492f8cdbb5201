using Footprint.Grid.Api.Auth;
using Footprint.Grid.Engine;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Rpc;

namespace Footprint.Grid.Api.Operations;

/// <summary>
/// One operation of the API, declared once for every adapter: its gRPC method, who may call it, its JSON verb and route
/// if it has one. Adapters reach the typed handler by <see cref="Accept"/>.
/// </summary>
public abstract class Operation
{
    private protected Operation(MethodDescriptor method, Access access, HttpBinding? http)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(access);
        Method = method;
        Access = access;
        Http = http;
        Service = method.Service.FullName;
        Path = $"/{Service}/{method.Name}";
        http?.Bind(method.InputType);
        Recipient = method.InputType.FindFieldByName("recipient") is { FieldType: FieldType.String, IsRepeated: false } recipient ? recipient : null;
    }

    public MethodDescriptor Method { get; }

    /// <summary>Full name, for example <c>footprint.grid.v1.Ingest</c>.</summary>
    public string Service { get; }

    public string Name => Method.Name;

    /// <summary>The gRPC path, <c>/service/method</c>.</summary>
    public string Path { get; }

    public abstract OperationKind Kind { get; }

    public Access Access { get; }

    /// <summary>Null when there is no JSON side.</summary>
    public HttpBinding? Http { get; }

    /// <summary>The request's field that names who gets the answer; null when the operation gives nothing of a client to others.</summary>
    public FieldDescriptor? Recipient { get; }

    /// <summary>
    /// Whether a key that acts for one recipient may call it at all: it says for whom it asks, or it gives nothing of a client.
    /// </summary>
    internal bool IsOpenToRecipients => Recipient is not null || Access.Scope is Scope.None or Scope.Ingest;

    public abstract T Accept<T>(IOperationVisitor<T> visitor);

    /// <summary>The request for the recipient for whom the caller's key acts, if it does for one.</summary>
    /// <exception cref="GridException"><c>PERMISSION_DENIED</c>: it names another.</exception>
    internal void Bind(IMessage request, CallContext call)
    {
        if (call.Recipient is not { } own || Recipient is null)
        {
            return;
        }

        if (Recipient.Accessor.GetValue(request) is string { Length: > 0 } named && named != own)
        {
            throw new GridException(
                Code.PermissionDenied, "The API key acts for another recipient.", [new Fault(Recipient.JsonName, "is not the key's", $"{own}, or nothing")]);
        }

        Recipient.Accessor.SetValue(request, own);
    }

    /// <summary>Likewise of a request that is passed on unread.</summary>
    internal ReadOnlyMemory<byte> Bind(ReadOnlyMemory<byte> request, CallContext call)
    {
        if (call.Recipient is null || Recipient is null)
        {
            return request;
        }

        try
        {
            var parsed = Method.InputType.Parser.ParseFrom(request.ToArray());
            Bind(parsed, call);
            return parsed.ToByteArray();
        }
        catch (InvalidProtocolBufferException)
        {
            throw new GridException(Code.InvalidArgument, "The request is not a message of its type.");
        }
    }

    private protected void Check(MessageDescriptor request, MessageDescriptor response, bool clientStreaming, bool serverStreaming)
    {
        if (Method.InputType != request || Method.OutputType != response
            || Method.IsClientStreaming != clientStreaming || Method.IsServerStreaming != serverStreaming)
        {
            throw new ArgumentException($"{Path} is declared otherwise in its .proto.");
        }
    }
}
