using Footprint.Grid.Api.Errors;
using Footprint.Grid.Api.Limits;
using Footprint.Grid.Api.Operations;
using Footprint.Grid.Api.Privacy;
using Footprint.Grid.Api.Telemetry;
using Footprint.Grid.Engine;
using Google.Protobuf;
using Google.Rpc;
using Microsoft.AspNetCore.Http;

namespace Footprint.Grid.Api.Json;

/// <summary>Answers one operation over JSON: 1. let in; 2. read; 3. handle within the deadline; 4. write.</summary>
internal sealed class JsonEndpoint<TRequest, TResponse>(UnaryOperation<TRequest, TResponse> operation, JsonRuntime runtime)
    where TRequest : class, IMessage<TRequest>, new()
    where TResponse : class, IMessage<TResponse>, new()
{
    private readonly JsonRequestReader _reader = new(operation, runtime.Options.Json.MaxDepth);

    public async Task AnswerAsync(HttpContext context, string[] path)
    {
        var started = runtime.Time.GetTimestamp();
        using var activity = ApiTraces.Wanted
            ? ApiTraces.Start(operation, context.Request.Headers.TraceParent, context.Request.Headers.TraceState)
            : null;

        // 1
        var refused = runtime.Gate.Enter(operation, context.Request.Headers.Authorization, started, out var admission);
        var code = refused?.Code ?? Code.Ok;
        if (refused is not null)
        {
            await JsonWriter.FailAsync(context, refused);
        }
        else if (operation.Http!.HasBody && !JsonBody.IsJson(context.Request.ContentType))
        {
            admission.Leave();
            code = Code.InvalidArgument;
            await JsonWriter.FailAsync(
                context, CallError.Invalid("The body must be application/json, in UTF-8.", "Content-Type"), StatusCodes.Status415UnsupportedMediaType);
        }
        else
        {
            code = await HandleAsync(context, path, admission);
        }

        runtime.Metrics.Answered(operation, "json", code, started);
        ApiTraces.Stop(activity, code);
    }

    private async Task<Code> HandleAsync(HttpContext context, string[] path, Admission admission)
    {
        Task<TResponse>? answer = null;
        var arrived = runtime.Time.GetUtcNow();
        var deadline = arrived + runtime.Options.DefaultDeadline;
        try
        {
            // 2
            var body = await ReadBodyAsync(context, runtime.Options.DefaultDeadline);
            var request = (TRequest)_reader.Read(body, path, context.Request.Query);

            // 3
            var left = deadline - runtime.Time.GetUtcNow();
            var call = admission.Call(arrived, deadline, context.RequestAborted, PrivacyHeader.IsSet(context.Request.Headers));
            answer = operation.Handler(request, call).AsTask();
            var response = await answer.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, runtime.Time);

            // 4
            try
            {
                await JsonWriter.WriteAsync(context, response);
            }
            finally
            {
                operation.Release?.Invoke(response);
            }

            return Code.Ok;
        }
        catch (Exception exception)
        {
            var error = Describe(exception, context, out var status);
            await JsonWriter.FailAsync(context, error, status);
            return error.Code;
        }
        finally
        {
            if (answer is { IsCompleted: false })
            {
                // The handler goes on past its deadline: it keeps its place until it ends, so that the limits hold.
                _ = LeaveLaterAsync(answer, admission);
            }
            else
            {
                admission.Leave();
            }
        }
    }

    private async Task LeaveLaterAsync(Task<TResponse> answer, Admission admission)
    {
        await ((Task)answer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        admission.Leave();
        if (answer.IsCompletedSuccessfully)
        {
            operation.Release?.Invoke(await answer);
        }
    }

    private async ValueTask<string?> ReadBodyAsync(HttpContext context, TimeSpan timeout)
    {
        if (!operation.Http!.HasBody)
        {
            return context.Request.ContentLength > 0
                ? throw new CallException(CallError.Invalid($"{operation.Http.Verb} takes no body here."))
                : null;
        }

        using var late = new CancellationTokenSource(timeout, runtime.Time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(late.Token, context.RequestAborted);
        return await JsonBody.ReadAsync(context, runtime.Options.MaxMessageBytes, stop.Token);
    }

    private CallError Describe(Exception exception, HttpContext context, out int? status)
    {
        status = null;
        if (exception is BadHttpRequestException bad)
        {
            status = bad.StatusCode;
            return bad.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? CallError.TooLarge(context.Request.ContentLength ?? 0, runtime.Options.MaxMessageBytes)
                : CallError.Invalid("The HTTP request is malformed.");
        }

        var error = CallError.From(exception, context.RequestAborted.IsCancellationRequested, out var unexpected);
        if (unexpected)
        {
            runtime.LogFailed(exception, operation.Path);
        }

        if (error is { Code: Code.ResourceExhausted, RetryAfter: null } && exception is CallException)
        {
            status = StatusCodes.Status413PayloadTooLarge;
        }

        return error;
    }
}
