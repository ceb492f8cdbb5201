using Footprint.Grid.Api.Hosting;
using Footprint.Grid.Embedded;
using Footprint.Grid.Node.Options;

namespace Footprint.Grid.Node.Hosting;

/// <summary>What a node says once it listens: where, with what, and commands that work when pasted.</summary>
internal static class Welcome
{
    private const string Json = "-H 'Content-Type: application/json'";

    /// <param name="http">With the port it was given.</param>
    /// <param name="grpc">With the port it was given.</param>
    public static string Text(NodeOptions options, HostKeys keys, string http, string grpc)
    {
        var scheme = options.Endpoints.Tls is null ? "http" : "https";
        var trust = options.Endpoints.Tls is null ? "" : $" --cacert {Quote(options.Endpoints.Tls.Certificate)}";
        var key = keys.Shown ?? "$KEY";
        var bearer = $"curl -sS{trust} -H \"Authorization: Bearer {key}\"";
        var url = $"{scheme}://{http}";
        var store = options.Store switch
        {
            StoreKind.Sqlite => $"{Path.GetFullPath(options.DataFolder)} (SQLite)",
            StoreKind.Redis => $"Redis at {options.Redis}",
            _ => "in memory only; gone when the node stops",
        };
        return $$"""
            Footprint.Grid {{typeof(Welcome).Assembly.GetName().Version?.ToString(3)}}
              HTTP  {{url}}  (JSON, /health/ready, /metrics, /openapi/v1.json)
              gRPC  {{scheme}}://{{grpc}}
              data  {{store}}
              keys  {{keys.Note}}{{(keys.Shown is { } shown ? $"\n        {shown}" : "\n        Set KEY to one of them for the commands below.")}}

            First something to pick from:
            {{bearer}} {{Json}} -X PUT {{url}}/v1/items -d '{"items":[{"itemId":"irons","title":"Forged irons","topics":[{"topic":"golf","weight":1}]},{"itemId":"wok","title":"A carbon steel wok","topics":[{"topic":"cooking","weight":1}]}]}'

            Then an event, a pick, the profile:
            {{bearer}} {{Json}} {{url}}/v1/events -d '{"ack":"DURABLE","events":[{"clientId":"c1","type":"view","channel":"WEB","topics":[{"topic":"golf","weight":1}]}]}'
            {{bearer}} {{Json}} {{url}}/v1/decisions/content -d '{"clientId":"c1","placement":"home","count":2}'
            {{bearer}} {{url}}/v1/clients/c1

            Ctrl-C stops the node. To watch a grid at work: dotnet run --project node -- demo

            """;
    }

    private static string Quote(string path) => $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
