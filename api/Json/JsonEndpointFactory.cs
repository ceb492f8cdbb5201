using Footprint.Grid.Api.Operations;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;

namespace Footprint.Grid.Api.Json;

/// <summary>Makes the JSON side of each operation that has a route; only unary ones can.</summary>
internal sealed class JsonEndpointFactory(JsonRuntime runtime) : IOperationVisitor<Func<HttpContext, string[], Task>>
{
    public Func<HttpContext, string[], Task> Unary<TRequest, TResponse>(UnaryOperation<TRequest, TResponse> operation)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() => new JsonEndpoint<TRequest, TResponse>(operation, runtime).AnswerAsync;

    public Func<HttpContext, string[], Task> ServerStreaming<TRequest, TResponse>(ServerStreamingOperation<TRequest, TResponse> operation)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() => throw NoStreams(operation);

    public Func<HttpContext, string[], Task> Duplex<TRequest, TResponse>(DuplexOperation<TRequest, TResponse> operation)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() => throw NoStreams(operation);

    private static NotSupportedException NoStreams(Operation operation) => new($"{operation.Path} is a stream, which JSON does not carry.");
}
