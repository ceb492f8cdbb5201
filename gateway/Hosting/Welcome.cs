using Footprint.Grid.Api.Hosting;
using Footprint.Grid.Gateway.Options;

namespace Footprint.Grid.Gateway.Hosting;

/// <summary>What a gateway says once it listens: where, to which cluster, and commands that work when pasted.</summary>
internal static class Welcome
{
    public static string Text(GatewayOptions options, HostKeys keys)
    {
        var endpoints = options.Endpoints;
        var http = endpoints.Http.ToString();
        var join = options.Join.ToString().ToLowerInvariant();
        return $"""
            Footprint.Grid {typeof(Welcome).Assembly.GetName().Version?.ToString(3)}: a gateway
            {WelcomeText.Endpoints(endpoints, http, endpoints.Grpc.ToString())}
              also  http://{options.Health.Listen}  (/health/ready, /metrics alone)
              grid  {options.Cluster.ServiceId}/{options.Cluster.ClusterId}, joined as {join}
            {WelcomeText.Keys(keys)}

            {WelcomeText.Commands(endpoints, http, keys)}

            Ctrl-C stops the gateway. Clients live in silos: dotnet run --project silo

            """;
    }
}
