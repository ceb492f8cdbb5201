using System.Net;
using Footprint.Grid.Api.Auth;
using Footprint.Grid.Api.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Footprint.Grid.Api.Hosting;

/// <summary>
/// <c>GET /metrics</c>. Open to programs on this machine; all others need a key with the scope <c>admin</c>. What a proxy on this
/// machine passes on counts as coming from elsewhere.
/// </summary>
internal static class MetricsEndpoint
{
    private static readonly Access _admin = Access.Needs(Scope.Admin);
    private static readonly string[] _forwarded = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"];

    /// <param name="openToAll">Whoever reaches the listener may read, because something else guards it.</param>
    public static void Map(IEndpointRouteBuilder endpoints, bool openToAll = false)
    {
        var metrics = endpoints.ServiceProvider.GetRequiredService<MetricsCollector>();
        var keys = endpoints.ServiceProvider.GetRequiredService<KeyCheck>();
        endpoints.MapGet("/metrics", async context =>
        {
            if (!openToAll && !IsLocal(context) && !keys.Allows(context.Request.Headers.Authorization, _admin))
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                context.Response.Headers.WWWAuthenticate = "Bearer";
                await context.Response.WriteAsync("Metrics need a key with the scope admin when asked for from another machine.\n");
                return;
            }

            context.Response.ContentType = PrometheusText.ContentType;
            await context.Response.WriteAsync(metrics.Scrape(), context.RequestAborted);
        });
    }

    public static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address
        && IPAddress.IsLoopback(address)
        && !_forwarded.Any(context.Request.Headers.ContainsKey);
}
