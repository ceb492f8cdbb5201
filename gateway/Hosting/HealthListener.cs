using Footprint.Grid.Api.Options;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Footprint.Grid.Gateway.Hosting;

/// <summary>The listener for probes and metrics, on which nothing else is served: networks let more programs reach it.</summary>
internal sealed class HealthListener
{
    private static readonly HealthListener _mark = new();

    private HealthListener()
    {
    }

    public static void Listen(KestrelServerOptions kestrel, ListenAddress address) =>
        kestrel.Listen(address.Address, address.Port, listen => listen.Use(next => connection =>
        {
            connection.Features.Set(_mark);
            return next(connection);
        }));

    public static bool IsOn(HttpContext context) => context.Features.Get<HealthListener>() is not null;

    public static Task OnlyHealth(HttpContext context, RequestDelegate next)
    {
        var path = context.Request.Path;
        if (path.StartsWithSegments("/health") || path.Equals("/metrics"))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return context.Response.WriteAsync("Only /health/… and /metrics are here.\n");
    }
}
