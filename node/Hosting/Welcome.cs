using Footprint.Grid.Api.Hosting;
using Footprint.Grid.Embedded;
using Footprint.Grid.Node.Options;

namespace Footprint.Grid.Node.Hosting;

/// <summary>What a node says once it listens: where, with what, and commands that work when pasted.</summary>
internal static class Welcome
{
    /// <param name="http">With the port it was given.</param>
    /// <param name="grpc">With the port it was given.</param>
    public static string Text(NodeOptions options, HostKeys keys, string http, string grpc)
    {
        var store = options.Store switch
        {
            StoreKind.Sqlite => $"{Path.GetFullPath(options.DataFolder)} (SQLite)",
            StoreKind.Redis => $"Redis at {options.Redis}",
            _ => "in memory only; gone when the node stops",
        };
        return $"""
            Footprint.Grid {typeof(Welcome).Assembly.GetName().Version?.ToString(3)}
            {WelcomeText.Endpoints(options.Endpoints, http, grpc)}
              data  {store}
            {WelcomeText.Keys(keys)}

            {WelcomeText.Commands(options.Endpoints, http, keys)}

            Ctrl-C stops the node. To watch a grid at work: dotnet run --project node -- demo

            """;
    }
}
