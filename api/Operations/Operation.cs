using Footprint.Grid.Api.Auth;
using Google.Protobuf.Reflection;

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

    public abstract T Accept<T>(IOperationVisitor<T> visitor);

    private protected void Check(MessageDescriptor request, MessageDescriptor response, bool clientStreaming, bool serverStreaming)
    {
        if (Method.InputType != request || Method.OutputType != response
            || Method.IsClientStreaming != clientStreaming || Method.IsServerStreaming != serverStreaming)
        {
            throw new ArgumentException($"{Path} is declared otherwise in its .proto.");
        }
    }
}
