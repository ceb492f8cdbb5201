using Footprint.Grid.Api.Errors;
using Google.Rpc;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Footprint.Grid.Api.Json;

/// <summary>
/// Finds the route of a request. It goes by the undecoded path, because a slash in an id arrives as <c>%2F</c> and must
/// not split it; each segment is decoded by itself. What is not there is told in JSON, as everything else.
/// </summary>
internal sealed class JsonRouter(IReadOnlyList<JsonRoute> routes)
{
    public Task RouteAsync(HttpContext context)
    {
        var segments = Split(context);
        var allowed = new List<string>();
        foreach (var route in routes)
        {
            if (route.Matches(segments))
            {
                if (HttpMethods.Equals(route.Verb, context.Request.Method))
                {
                    return route.Handler(context, segments);
                }

                allowed.Add(route.Verb);
            }
        }

        if (allowed.Count == 0)
        {
            return JsonWriter.FailAsync(context, new CallError(Code.NotFound, $"There is nothing at {Shorten(context.Request.Path)}."));
        }

        var verbs = string.Join(", ", allowed.Distinct());
        context.Response.Headers.Allow = verbs;
        return JsonWriter.FailAsync(
            context,
            new CallError(Code.Unimplemented, $"{Shorten(context.Request.Method)} is not possible at {Shorten(context.Request.Path)}; {verbs} is."),
            StatusCodes.Status405MethodNotAllowed);
    }

    private static string[] Split(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget;
        if (string.IsNullOrEmpty(target) || target[0] != '/')
        {
            target = context.Request.Path.Value ?? "/";
        }

        var end = target.AsSpan().IndexOfAny('?', '#');
        var segments = (end < 0 ? target : target[..end])[1..].Split('/');
        for (var i = 0; i < segments.Length; i++)
        {
            segments[i] = Uri.UnescapeDataString(segments[i]);
        }

        return segments;
    }

    private static string Shorten(string? text) => text is null ? "" : text.Length <= 200 ? text : text[..200] + "…";
}
