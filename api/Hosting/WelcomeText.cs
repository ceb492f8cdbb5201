using Footprint.Grid.Api.Options;

namespace Footprint.Grid.Api.Hosting;

/// <summary>Where the API listens, whose keys open it, and commands that work when pasted.</summary>
internal static class WelcomeText
{
    private const string Json = "-H 'Content-Type: application/json'";

    /// <param name="http">With the port it was given.</param>
    /// <param name="grpc">With the port it was given.</param>
    public static string Endpoints(EndpointOptions options, string http, string grpc) => $"""
          HTTP  {Url(options, http)}  (JSON, /health/ready, /metrics, /openapi/v1.json)
          gRPC  {Url(options, grpc)}
        """;

    public static string Keys(HostKeys keys) =>
        $"  keys  {keys.Note}\n        {keys.Shown ?? "Set KEY to one of them for the commands below."}";

    public static string Commands(EndpointOptions options, string http, HostKeys keys)
    {
        var trust = options.Tls is null ? "" : $" --cacert {Quote(options.Tls.Certificate)}";
        var bearer = $"curl -sS{trust} -H \"Authorization: Bearer {keys.Shown ?? "$KEY"}\"";
        var url = Url(options, http);
        return $$"""
            First something to pick from:
            {{bearer}} {{Json}} -X PUT {{url}}/v1/items -d '{"items":[{"itemId":"irons","title":"Forged irons","topics":[{"topic":"golf","weight":1}]},{"itemId":"wok","title":"A carbon steel wok","topics":[{"topic":"cooking","weight":1}]}]}'

            Then an event, a pick, the profile:
            {{bearer}} {{Json}} {{url}}/v1/events -d '{"ack":"DURABLE","events":[{"clientId":"c1","type":"view","channel":"WEB","topics":[{"topic":"golf","weight":1}]}]}'
            {{bearer}} {{Json}} {{url}}/v1/decisions/content -d '{"clientId":"c1","placement":"home","count":2}'
            {{bearer}} {{url}}/v1/clients/c1
            """;
    }

    private static string Url(EndpointOptions options, string address) => $"{(options.Tls is null ? "http" : "https")}://{address}";

    private static string Quote(string path) => $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
