using System.Text;
using Footprint.Grid.Api.Auth;

namespace Footprint.Grid.Silo.Hosting;

/// <summary>
/// Lets only keys with the scope <c>admin</c> see the dashboard, from this machine, too: it tells of single clients. A browser
/// asks for a name and a password; the password is the key.
/// </summary>
internal sealed class AdminGate(RequestDelegate next, KeyCheck keys)
{
    public const string Path = "/dashboard";

    private const string Basic = "Basic ";
    private const int MaxHeader = 2048;

    private static readonly Access _admin = Access.Needs(Scope.Admin);

    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments(Path) || keys.Allows(AsBearer(context.Request.Headers.Authorization), _admin))
        {
            await next(context);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.WWWAuthenticate = "Basic realm=\"Footprint.Grid\", charset=\"UTF-8\"";
        await context.Response.WriteAsync("The dashboard needs a key with the scope admin, as the password or as a bearer key.\n");
    }

    internal static string? AsBearer(string? authorization)
    {
        if (authorization is null || authorization.Length > MaxHeader || !authorization.StartsWith(Basic, StringComparison.OrdinalIgnoreCase))
        {
            return authorization;
        }

        var bytes = new byte[authorization.Length];
        if (!Convert.TryFromBase64String(authorization[Basic.Length..].Trim(), bytes, out var length))
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : "Bearer " + text[(colon + 1)..];
    }
}
