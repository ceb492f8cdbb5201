using Footprint.Grid.Api;
using Footprint.Grid.Api.Errors;
using Footprint.Grid.Api.Health;
using Footprint.Grid.Api.Operations;
using Footprint.Grid.Engine;
using Footprint.Grid.Gateway.Cluster;
using Footprint.Grid.Grains.Engine;
using Google.Protobuf;
using Grpc.AspNetCore.Server;
using Grpc.Core;

namespace Footprint.Grid.Gateway.Rpc;

/// <summary>Runs operations for Grpc.AspNetCore and turns what they throw into statuses with details.</summary>
internal sealed partial class MethodHandlers(
    IClientForwarder engine, FootprintApiOptions options, ServingState serving, TimeProvider time, ILogger<MethodHandlers> logger)
{
    private static readonly WriteOptions _small = new(WriteFlags.NoCompress);

    private readonly WordingForwarder _forwarder = new(new IdentifyingForwarder(engine));

    public async Task<RawMessage> ForwardAsync(ClientOperation forwarded, Operation operation, RawMessage request, ServerCallContext call)
    {
        try
        {
            var context = CallState.Of(call).Context(call);
            var answer = await _forwarder.ForwardAsync(forwarded, operation.Bind(request.Bytes, context), context);
            ChooseCompression(call, answer.Length);
            return new RawMessage(answer);
        }
        catch (Exception exception)
        {
            throw Fail(exception, operation, call);
        }
    }

    public Task ForwardAsync(
        ClientOperation forwarded,
        Operation operation,
        IAsyncStreamReader<RawMessage> reader,
        IServerStreamWriter<RawMessage> writer,
        ServerCallContext call)
    {
        return RunAsync(reader, writer, call, operation, HandleAsync, message => message.Bytes.Length);

        async ValueTask<RawMessage> HandleAsync(RawMessage message, CallContext context) =>
            new(await _forwarder.ForwardAsync(forwarded, message.Bytes, context));
    }

    public async Task<TResponse> HandleAsync<TRequest, TResponse>(
        UnaryOperation<TRequest, TResponse> operation, TRequest request, ServerCallContext call)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        try
        {
            var answer = await operation.Handler(request, CallState.Of(call).Context(call));
            ChooseCompression(call, answer.CalculateSize());
            return answer;
        }
        catch (Exception exception)
        {
            throw Fail(exception, operation, call);
        }
    }

    public async Task HandleAsync<TRequest, TResponse>(
        ServerStreamingOperation<TRequest, TResponse> operation, TRequest request, IServerStreamWriter<TResponse> writer, ServerCallContext call)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        try
        {
            await foreach (var answer in operation.Handler(request, CallState.Of(call).Context(call)).WithCancellation(call.CancellationToken))
            {
                await writer.WriteAsync(answer);
            }
        }
        catch (Exception exception)
        {
            throw Fail(exception, operation, call);
        }
    }

    public Task HandleAsync<TRequest, TResponse>(
        DuplexOperation<TRequest, TResponse> operation,
        IAsyncStreamReader<TRequest> reader,
        IServerStreamWriter<TResponse> writer,
        ServerCallContext call)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        RunAsync(reader, writer, call, operation, operation.Handler, message => message.CalculateSize());

    private async Task RunAsync<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> reader,
        IServerStreamWriter<TResponse> writer,
        ServerCallContext call,
        Operation operation,
        Func<TRequest, CallContext, ValueTask<TResponse>> handler,
        Func<TRequest, int> sizeOf)
        where TRequest : class
        where TResponse : class
    {
        using var stream = new DuplexCall<TRequest, TResponse>(reader, writer, call, handler, sizeOf, options, serving, time);
        try
        {
            await stream.RunAsync();
        }
        catch (Exception exception)
        {
            throw Fail(exception, operation, call);
        }
    }

    private void ChooseCompression(ServerCallContext call, int size)
    {
        if (size < options.Grpc.GzipFromBytes)
        {
            call.WriteOptions = _small;
        }
    }

    private RpcException Fail(Exception exception, Operation operation, ServerCallContext call)
    {
        if (exception is RpcException already)
        {
            return already;
        }

        var error = CallError.From(exception, call.GetHttpContext().RequestAborted.IsCancellationRequested, out var unexpected);
        if (unexpected)
        {
            LogFailed(logger, exception, operation.Path);
        }

        return RpcErrors.From(error);
    }
}
