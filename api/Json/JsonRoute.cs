using Footprint.Grid.Api.Operations;
using Microsoft.AspNetCore.Http;

namespace Footprint.Grid.Api.Json;

/// <summary>One verb on one route, and what answers it.</summary>
internal sealed record JsonRoute(string Verb, IReadOnlyList<string> Segments, Operation? Operation, Func<HttpContext, string[], Task> Handler)
{
    public bool Matches(ReadOnlySpan<string> path)
    {
        if (path.Length != Segments.Count)
        {
            return false;
        }

        for (var i = 0; i < path.Length; i++)
        {
            var segment = Segments[i];
            if (segment.StartsWith('{') ? path[i].Length == 0 : !string.Equals(segment, path[i], StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }
}
