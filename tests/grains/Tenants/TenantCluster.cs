using Footprint.Grid.Conformance;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Tenants;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.TestingHost;
using StackExchange.Redis;

namespace Footprint.Grid.Grains.Tests.Tenants;

/// <summary>Silos in this process over a redis-server, with what tenants share and nothing else.</summary>
internal sealed class TenantCluster : IAsyncDisposable
{
    public const string Tenant = "default";

    private readonly RedisServer _server;
    private readonly bool _ownsServer;
    private readonly InProcessTestCluster _cluster;

    private TenantCluster(RedisServer server, bool ownsServer, InProcessTestCluster cluster) =>
        (_server, _ownsServer, _cluster) = (server, ownsServer, cluster);

    public RedisServer Server => _server;

    public IReadOnlyList<InProcessSiloHandle> Silos => _cluster.Silos;

    public IDefinitionsEngine Definitions => _cluster.Client.ServiceProvider.GetRequiredService<IDefinitionsEngine>();

    public IGrainFactory Grains => _cluster.Client;

    /// <param name="silos">How many to start.</param>
    /// <param name="server">The Redis to use; one of its own when null.</param>
    public static async Task<TenantCluster> StartAsync(short silos = 2, RedisServer? server = null)
    {
        bool ownsServer = server is null;
        server ??= await RedisServer.StartAsync();
        var builder = new InProcessTestClusterBuilder(silos);
        builder.Options.ConfigureFileLogging = false;
        string id = builder.Options.ClusterId;
        builder.ConfigureSilo((_, silo) =>
        {
            // Whom a silo that was killed owned is looked for again soon.
            silo.Configure<ClusterMembershipOptions>(o =>
            {
                o.NumVotesForDeathDeclaration = 1;
                o.ProbeTimeout = TimeSpan.FromMilliseconds(500);
                o.NumMissedProbesLimit = 2;
            });
            silo.Configure<SiloMessagingOptions>(o => o.ResponseTimeout = TimeSpan.FromSeconds(10));
            silo.AddFootprintGrains(Options(server));
        });
        builder.ConfigureClient(client => client.Services.AddFootprintGrainClient());
        builder.ConfigureHost(host => host.Logging.ClearProviders());
        InProcessTestCluster cluster = builder.Build();
        await cluster.DeployAsync().Within($"the cluster {id} starts");
        return new TenantCluster(server, ownsServer, cluster);
    }

    public static CallContext Call(double seconds = 50) => new(Tenant, DateTimeOffset.UtcNow.AddSeconds(seconds), CancellationToken.None);

    public static TenantSnapshot On(InProcessSiloHandle silo) => silo.ServiceProvider.GetRequiredService<TenantSnapshots>().Get(Tenant);

    public async Task<InProcessSiloHandle> AddAsync() => await _cluster.StartAdditionalSiloAsync().Within("another silo starts");

    public Task KillAsync(InProcessSiloHandle silo) => _cluster.KillSiloAsync(silo).Within("the silo is dead");

    /// <summary>The silo that hosts a grain now.</summary>
    public async Task<InProcessSiloHandle> HostOfAsync(IAddressable grain)
    {
        IManagementGrain management = Grains.GetGrain<IManagementGrain>(0);
        SiloAddress? address = await management.GetActivationAddress(grain).AsTask().Within("the grain is found");
        return Silos.Single(s => s.SiloAddress.Equals(address));
    }

    public async Task<T> OnRedisAsync<T>(Func<IDatabase, Task<T>> ask)
    {
        await using ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync(_server.Endpoint);
        return await ask(connection.GetDatabase()).Within("Redis answers");
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync().AsTask().WaitAsync(Patience.Limit);
        if (_ownsServer)
        {
            _server.Dispose();
        }
    }

    private static FootprintGrainsOptions Options(RedisServer server)
    {
        var options = new FootprintGrainsOptions { Redis = server.Endpoint, Secret = Support.GridCluster.Secret, StoreTimeout = TimeSpan.FromSeconds(2) };
        options.Tenants["strict"] = new(ConsentRegime.OptIn);
        return options;
    }
}
