using System.Diagnostics;
using Footprint.Grid.Api.Errors;
using Footprint.Grid.Api.Operations;
using Google.Rpc;

namespace Footprint.Grid.Api.Telemetry;

/// <summary>One span for each call, under the source <c>Footprint.Grid</c>; nothing is made while nobody listens.</summary>
public static class ApiTraces
{
    public const string SourceName = "Footprint.Grid";

    private static readonly ActivitySource _source = new(SourceName);

    internal static bool Wanted => _source.HasListeners();

    internal static Activity? Start(Operation operation, string? traceParent, string? traceState)
    {
        ActivityContext.TryParse(traceParent, traceState, isRemote: true, out var parent);
        var activity = _source.StartActivity(operation.Path[1..], ActivityKind.Server, parent);
        activity?.SetTag("rpc.system", "grpc");
        activity?.SetTag("rpc.service", operation.Service);
        activity?.SetTag("rpc.method", operation.Name);
        return activity;
    }

    internal static void Stop(Activity? activity, Code code)
    {
        if (activity is null)
        {
            return;
        }

        activity.SetTag("rpc.grpc.status_code", (int)code);
        if (code != Code.Ok)
        {
            activity.SetStatus(ActivityStatusCode.Error, Codes.Name(code));
        }

        activity.Dispose();
    }
}
