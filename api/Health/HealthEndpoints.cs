using Footprint.Grid.Api.Json;
using Microsoft.AspNetCore.Http;

namespace Footprint.Grid.Api.Health;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it takes work, or says why not with 503.</summary>
internal sealed class HealthEndpoints(ServingState serving)
{
    public IEnumerable<JsonRoute> Routes =>
    [
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
