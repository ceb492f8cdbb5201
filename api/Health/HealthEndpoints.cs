using Footprint.Grid.Api.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Footprint.Grid.Api.Health;

/// <summary>
/// <c>/health/startup</c>: the start is over. <c>/health/live</c>: the process answers, whatever it depends on.
/// <c>/health/ready</c>: it takes work. What is not so is answered with 503 and a reason.
/// </summary>
internal sealed class HealthEndpoints(ServingState serving, IHostApplicationLifetime lifetime)
{
    public IEnumerable<JsonRoute> Routes =>
    [
        new("GET", ["health", "startup"], null, (context, _) =>
            lifetime.ApplicationStarted.IsCancellationRequested
                ? WriteAsync(context, "started", null)
                : WriteAsync(context, "starting", "The start is not over yet.")),
        new("GET", ["health", "live"], null, (context, _) => WriteAsync(context, "live", null)),
        new("GET", ["health", "ready"], null, (context, _) =>
        {
            var reason = serving.NotReady;
            return WriteAsync(context, reason is null ? "ready" : "not ready", reason);
        }),
    ];

    private static Task WriteAsync(HttpContext context, string status, string? reason)
    {
        context.Response.Headers.CacheControl = "no-store";
        var why = System.Text.Json.JsonSerializer.Serialize(reason);
        return JsonWriter.WriteAsync(
            context,
            $"{{\"status\":\"{status}\",\"reason\":{why}}}",
            reason is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
