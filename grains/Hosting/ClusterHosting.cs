using System.Net;
using Footprint.Grid.Grains.Batches;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace Footprint.Grid.Grains.Hosting;

/// <summary>The ways for a process to become part of the cluster.</summary>
public static class ClusterHosting
{
    /// <summary>The meter of Orleans itself.</summary>
    public const string MeterName = "Microsoft.Orleans";

    /// <summary>The trace sources of Orleans itself.</summary>
    public const string TraceNames = "Microsoft.Orleans.*";

    // A silo that was killed is found out by three missed probes of two others, which must stay below the 20 s that errors may last.
    private static readonly TimeSpan _probeTimeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan _refresh = TimeSpan.FromSeconds(10);

    /// <summary>As a silo: clustering, grain directory and reminders in Redis, listeners where others are told.</summary>
    public static ISiloBuilder JoinCluster(this ISiloBuilder silo, ClusterAddress cluster, MemberAddress member)
    {
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(member);
        silo.Configure<ClusterOptions>(options => Name(options, cluster))
            .Configure<ClusterMembershipOptions>(options =>
            {
                options.ProbeTimeout = _probeTimeout;
                options.MaxProbeTimeout = 2 * _probeTimeout;
                options.TableRefreshTimeout = _refresh;
            })
            .Configure<EndpointOptions>(options => Listen(options, member))
            .UseRedisClustering(options => options.ConfigurationOptions = cluster.ToOptions())
            .UseRedisGrainDirectoryAsDefault(options => options.ConfigurationOptions = cluster.ToOptions())
            .UseRedisReminderService(options => options.ConfigurationOptions = cluster.ToOptions())
            .AddActivityPropagation();
        Quieten(silo.Services);
        return silo;
    }

    /// <summary>
    /// Keeps grains of ours off this member: its manifest does not name them, so that nobody places one here. It still does its
    /// share of reminders, whose ring goes over all members.
    /// </summary>
    public static ISiloBuilder HostNoClients(this ISiloBuilder silo)
    {
        ArgumentNullException.ThrowIfNull(silo);
        silo.Services.AddPlacementDirector<SiloPlacement, SiloPlacementDirector>();
        silo.Services.PostConfigure<GrainTypeOptions>(options => options.Classes.RemoveWhere(type => type.Assembly == typeof(ClusterHosting).Assembly));
        return silo;
    }

    /// <summary>As an Orleans client, which reaches grains through the silos.</summary>
    public static IClientBuilder JoinCluster(this IClientBuilder client, ClusterAddress cluster)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(cluster);
        client.Configure<ClusterOptions>(options => Name(options, cluster))
            .Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = _refresh)
            .UseRedisClustering(options => options.ConfigurationOptions = cluster.ToOptions())
            .AddActivityPropagation();
        Quieten(client.Services);
        return client;
    }

    private static void Name(ClusterOptions options, ClusterAddress cluster)
    {
        options.ClusterId = cluster.ClusterId;
        options.ServiceId = cluster.ServiceId;
    }

    // As with the web server: what it has to say when all is well is too much.
    private static void Quieten(IServiceCollection services) => services.AddLogging(logging => logging.AddFilter("Orleans", LogLevel.Warning));

    private static void Listen(EndpointOptions options, MemberAddress member)
    {
        var open = IPAddress.IsLoopback(member.AdvertisedIp) ? member.AdvertisedIp : Any(member.AdvertisedIp);
        options.AdvertisedIPAddress = member.AdvertisedIp;
        options.SiloPort = member.SiloPort;
        options.GatewayPort = member.GatewayPort;
        options.SiloListeningEndpoint = new IPEndPoint(open, member.SiloPort);
        options.GatewayListeningEndpoint = member.GatewayPort == 0 ? null : new IPEndPoint(open, member.GatewayPort);
    }

    private static IPAddress Any(IPAddress like) => like.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any;
}
