using System.Collections.Frozen;
using Footprint.Grid.Api.Errors;
using Footprint.Grid.Api.Operations;
using Footprint.Grid.Api.Telemetry;
using Google.Rpc;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Footprint.Grid.Api.Grpc;

/// <summary>
/// The gRPC protocol on bare Kestrel, without HttpContext and routing, which would cost half as much again as the call:
/// 1. is it gRPC; 2. which method; 3. may it come in; 4. deadline and encodings; 5. run it; 6. leave.
/// </summary>
internal sealed class GrpcApplication(OperationTable table, GrpcRuntime runtime) : IHttpApplication<GrpcCall>
{
    private static readonly StringValues _accepted = Gzip.Accepted;

    private readonly FrozenDictionary<string, GrpcMethod> _methods =
        table.All.ToFrozenDictionary(o => o.Path, o => o.Accept(new GrpcMethodFactory()), StringComparer.Ordinal);

    private int _active;

    /// <summary>Calls and streams under way.</summary>
    public int Active => Volatile.Read(ref _active);

    public GrpcCall CreateContext(IFeatureCollection contextFeatures)
    {
        Interlocked.Increment(ref _active);
        if (contextFeatures is not IHostContextContainer<GrpcCall> container)
        {
            return Start(new GrpcCall(runtime), contextFeatures);
        }

        return Start(container.HostContext ??= new GrpcCall(runtime), contextFeatures);
    }

    public async Task ProcessRequestAsync(GrpcCall context)
    {
        GrpcMethod? method = null;
        try
        {
            var running = Run(context, out method);
            if (!running.IsCompletedSuccessfully)
            {
                await running;
            }
        }
        catch (Exception exception)
        {
            // A method ends its call itself; what escapes it all the same must not cost the call its place.
            context.Fail(exception, context.Request.Path);
        }
        finally
        {
            // 6
            context.Admission.Leave();
            if (method is not null)
            {
                runtime.Metrics.Answered(method.Operation, "grpc", context.Result, context.Started);
                ApiTraces.Stop(context.Activity, context.Result);
            }
        }
    }

    public void DisposeContext(GrpcCall context, Exception? exception) => Interlocked.Decrement(ref _active);

    private static GrpcCall Start(GrpcCall call, IFeatureCollection features)
    {
        call.Start(features);
        return call;
    }

    private Task Run(GrpcCall call, out GrpcMethod? method)
    {
        // 1
        var request = call.Request;
        var headers = request.Headers;
        method = null;
        if (!IsGrpc(headers.ContentType))
        {
            call.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return Task.CompletedTask;
        }

        if (!HttpMethods.IsPost(request.Method))
        {
            call.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            call.Response.Headers.Allow = "POST";
            return Task.CompletedTask;
        }

        // 2
        if (!_methods.TryGetValue(request.Path, out method))
        {
            call.Fail(new CallError(Code.Unimplemented, $"There is no method {Shorten(request.Path)} here."));
            return Task.CompletedTask;
        }

        if (ApiTraces.Wanted)
        {
            call.Activity = ApiTraces.Start(method.Operation, headers.TraceParent, headers.TraceState);
        }

        // 3
        var refused = runtime.Gate.Enter(method.Operation, headers.Authorization, call.Started, out var admission);
        call.Admission = admission;

        // 4
        refused ??= ReadHeaders(call, headers);
        if (refused is not null)
        {
            call.Fail(refused);
            if (refused.Code == Code.Unimplemented)
            {
                call.Response.Headers.GrpcAcceptEncoding = _accepted;
            }

            return Task.CompletedTask;
        }

        // 5
        return method.InvokeAsync(call);
    }

    private CallError? ReadHeaders(GrpcCall call, IHeaderDictionary headers)
    {
        if (headers.GrpcTimeout is { Count: > 0 } timeout)
        {
            if (!GrpcTimeout.TryParse(timeout.ToString(), out var span))
            {
                return CallError.Invalid("The header grpc-timeout is malformed.", limit: "1 to 8 digits and a unit of H, M, S, m, u, n");
            }

            call.Arrived = runtime.Time.GetUtcNow();
            call.Deadline = call.Arrived + span;
            if (span == TimeSpan.Zero)
            {
                return CallError.Deadline;
            }
        }

        if (headers.GrpcEncoding is { Count: > 0 } encoding)
        {
            var name = encoding.ToString();
            call.RequestIsGzip = name == Gzip.Name;
            if (!call.RequestIsGzip && name != "identity")
            {
                return new CallError(Code.Unimplemented, $"The message encoding '{Shorten(name)}' is not supported; {Gzip.Accepted} are.");
            }
        }

        call.AcceptsGzip = headers.GrpcAcceptEncoding is { Count: > 0 } accepts && Accepts(accepts.ToString());
        return null;
    }

    private static bool Accepts(string encodings)
    {
        foreach (var part in encodings.AsSpan().Split(','))
        {
            if (encodings.AsSpan(part).Trim().SequenceEqual(Gzip.Name))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsGrpc(string? contentType)
    {
        const string grpc = "application/grpc";
        if (contentType is null || !contentType.StartsWith(grpc, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var rest = contentType.AsSpan(grpc.Length);
        return rest.IsEmpty || rest[0] == ';' || rest.StartsWith("+proto", StringComparison.OrdinalIgnoreCase);
    }

    private static string Shorten(string text) => text.Length <= 200 ? text : text[..200] + "…";
}
