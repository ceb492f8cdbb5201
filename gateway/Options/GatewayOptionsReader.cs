using Footprint.Grid.Api.Options;
using Footprint.Grid.Grains.Hosting;

namespace Footprint.Grid.Gateway.Options;

/// <summary>Turns what the sources say into options, or tells everything that is wrong with it.</summary>
internal static class GatewayOptionsReader
{
    public static OptionsResult<GatewayOptions> Read(OptionSources sources)
    {
        var reader = new OptionReader(sources);
        var process = ProcessOptionsReader.Read(reader, sources);
        var endpoints = EndpointOptionsReader.Read(reader, process);
        var health = HealthOptions.Read(reader, GatewayRows.Health, process);
        EndpointOptionsReader.RefuseSame(reader, HostRows.Http, endpoints.Http, GatewayRows.Health, health.Listen);
        EndpointOptionsReader.RefuseSame(reader, HostRows.Grpc, endpoints.Grpc, GatewayRows.Health, health.Listen);
        var options = new GatewayOptions
        {
            Join = Enum.Parse<JoinMode>(reader.Choice(GatewayRows.Join), ignoreCase: true),
            Process = process,
            Endpoints = endpoints,
            Cluster = ClusterOptions.Read(reader, ClusterAddress.IsRedis),
            Member = MemberOptions.Read(reader, GatewayRows.Member, process),
            Health = health,
            Hosting = HostingOptions.Read(reader),
        };
        if (options.Join == JoinMode.Silo)
        {
            options.Hosting.CheckSecret(reader, process, options.Member);
        }
        else if (options.IsForDevelopment)
        {
            options.Hosting.CheckFolder(reader);
        }

        var result = OptionsResult<GatewayOptions>.Of(options, reader, sources);
        return process.Secret is not null || options.HasOwnSecret ? result : result with
        {
            Warnings = [.. result.Warnings, "Without --secret-file the links of /my that this gateway signs are good at no other one, and not after its end."],
        };
    }
}
