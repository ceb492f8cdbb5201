using Footprint.Grid.Api.DecisionLog;
using Footprint.Grid.Gateway.Options;
using Footprint.Grid.Grains;
using Footprint.Grid.Grains.Hosting;
using Footprint.Grid.Grains.Retention;

namespace Footprint.Grid.Gateway.Hosting;

/// <summary>Joins the cluster in the way that was chosen.</summary>
internal static class Joining
{
    public static void Join(WebApplicationBuilder builder, GatewayOptions options)
    {
        var cluster = new ClusterAddress(options.Cluster.Redis, options.Cluster.ClusterId, options.Cluster.ServiceId);
        if (options.Join == JoinMode.Client)
        {
            builder.UseOrleansClient(client => client.JoinCluster(cluster));
        }
        else
        {
            builder.Services.AddDecisionLog(options.Join == JoinMode.Silo ? options.Hosting.DecisionLog : null);
            builder.UseOrleans(silo => Join(silo, cluster, options));
        }
    }

    private static void Join(ISiloBuilder silo, ClusterAddress cluster, GatewayOptions options)
    {
        var member = options.Member;
        if (options.Join == JoinMode.Member)
        {
            // Orleans clients have nothing to ask of a member that hosts none.
            silo.JoinCluster(cluster, new MemberAddress(member.AdvertisedIp, member.SiloPort, 0)).HostNoClients();
            return;
        }

        silo.JoinCluster(cluster, new MemberAddress(member.AdvertisedIp, member.SiloPort, member.OrleansPort))
            .AddFootprintGrains(Engine(options))
            .AddFootprintRetention();
    }

    private static FootprintGrainsOptions Engine(GatewayOptions options)
    {
        var engine = new FootprintGrainsOptions
        {
            Redis = options.Cluster.Redis,
            Secret = options.Hosting.Secret(options.Process),
            IdleAfter = options.Hosting.IdleAfter,
            RetentionInterval = options.Hosting.SweepEvery,
        };
        foreach (var tenant in options.Process.Tenants)
        {
            engine.Tenants[tenant.Name] = tenant;
        }

        return engine;
    }
}
