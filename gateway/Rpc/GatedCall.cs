using Footprint.Grid.Api;
using Footprint.Grid.Api.Errors;
using Footprint.Grid.Api.Grpc;
using Footprint.Grid.Api.Limits;
using Footprint.Grid.Api.Operations;
using Footprint.Grid.Api.Telemetry;
using Google.Rpc;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Footprint.Grid.Gateway.Rpc;

/// <summary>
/// Stands before each gRPC method, and before a byte of its body is read, as the built-in host does: 1. may it come in; 2. are its
/// headers well; 3. run it; 4. say how it ended. What Grpc.AspNetCore refuses by itself gets the details that our own refusals have.
/// </summary>
internal sealed class GatedCall(CallGate gate, FootprintApiOptions options, ApiMetrics metrics, TimeProvider time)
{
    private const string ContentType = "application/grpc";

    private int _active;

    /// <summary>Calls and streams of the engine's services under way.</summary>
    public int Active => Volatile.Read(ref _active);

    /// <summary>Puts the gate before every method of the table that an endpoint builder makes.</summary>
    public void Guard(IEndpointConventionBuilder endpoints, OperationTable table) => endpoints.Finally(endpoint =>
    {
        if (endpoint is RouteEndpointBuilder { RoutePattern.RawText: { } path, RequestDelegate: { } method } && table.Find(path) is { } operation)
        {
            endpoint.RequestDelegate = OperationTable.EngineServices.Contains(operation.Method.Service)
                ? context => CountAsync(context, operation, method)
                : context => InvokeAsync(context, operation, method);
        }
    });

    private async Task CountAsync(HttpContext context, Operation operation, RequestDelegate method)
    {
        Interlocked.Increment(ref _active);
        try
        {
            await InvokeAsync(context, operation, method);
        }
        finally
        {
            Interlocked.Decrement(ref _active);
        }
    }

    private async Task InvokeAsync(HttpContext context, Operation operation, RequestDelegate method)
    {
        var headers = context.Request.Headers;
        if (headers.ContentType is not [{ } type] || !type.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase))
        {
            await method(context);
            return;
        }

        // 1
        var started = time.GetTimestamp();
        var activity = ApiTraces.Wanted ? ApiTraces.Start(operation, headers.TraceParent, headers.TraceState) : null;
        var refused = gate.Enter(operation, headers.Authorization, started, out var admission);
        Code code;
        try
        {
            // 2
            refused ??= CheckTimeout(headers);
            if (refused is not null)
            {
                Refuse(context, refused);
                code = refused.Code;
            }
            else
            {
                // 3
                var arrived = time.GetUtcNow();
                context.Features.Set(new CallState(admission, arrived, arrived + options.DefaultDeadline) { Until = TakeDeadline(operation, headers) });
                await method(context);
                code = Ended(context);
            }
        }
        finally
        {
            admission.Leave();
        }

        // 4
        metrics.Answered(operation, "grpc", code, started);
        ApiTraces.Stop(activity, code);
    }

    // At its own deadline Grpc.AspNetCore resets a stream that the caller has not ended, and clients lose the status with it.
    private DateTimeOffset? TakeDeadline(Operation operation, IHeaderDictionary headers)
    {
        if (operation.Kind != OperationKind.Duplex || !OperationTable.EngineServices.Contains(operation.Method.Service)
            || !GrpcTimeout.TryParse(headers.GrpcTimeout.ToString(), out var span))
        {
            return null;
        }

        headers.Remove(HeaderNames.GrpcTimeout);
        return time.GetUtcNow() + span;
    }

    private static CallError? CheckTimeout(IHeaderDictionary headers)
    {
        if (headers.GrpcTimeout is not { Count: > 0 } timeout)
        {
            return null;
        }

        if (!GrpcTimeout.TryParse(timeout.ToString(), out var span))
        {
            return CallError.Invalid("The header grpc-timeout is malformed.", limit: "1 to 8 digits and a unit of H, M, S, m, u, n");
        }

        return span == TimeSpan.Zero ? CallError.Deadline : null;
    }

    private static void Refuse(HttpContext context, CallError error)
    {
        context.Response.ContentType = ContentType;
        Write(context.Response.Headers, error);
    }

    private static void Write(IHeaderDictionary target, CallError error)
    {
        target.GrpcStatus = Codes.Number(error.Code);
        target.GrpcMessage = StatusText.Encode(error.Message);
        if (StatusText.Details(error) is { } details)
        {
            target[RpcErrors.DetailsHeader] = details;
        }
    }

    /// <summary>How Grpc.AspNetCore ended the call. An answer that has not left yet can still be amended.</summary>
    private Code Ended(HttpContext context)
    {
        var trailers = context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers;
        var target = trailers is { Count: > 0 } && trailers.GrpcStatus.Count > 0 ? trailers : context.Response.Headers;
        if (!int.TryParse(target.GrpcStatus.ToString(), out var number))
        {
            return context.RequestAborted.IsCancellationRequested ? Code.Cancelled : Code.Unknown;
        }

        if (number == (int)Code.ResourceExhausted && !target.ContainsKey(RpcErrors.DetailsHeader) && !target.IsReadOnly)
        {
            Write(target, CallError.TooLarge(options.MaxMessageBytes));
        }

        return (Code)number;
    }
}
