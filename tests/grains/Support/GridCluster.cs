using Footprint.Grid.Conformance;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Grains.Retention;
using Footprint.Grid.Grains.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Orleans.TestingHost;

namespace Footprint.Grid.Grains.Tests.Support;

/// <summary>Silos of this process and a client to them, over a redis-server of the test's own.</summary>
internal sealed class GridCluster : IAsyncDisposable
{
    public const string ClusterId = "test";

    public static readonly byte[] Secret = [.. Enumerable.Range(1, 32).Select(n => (byte)n)];

    private readonly InProcessTestCluster _cluster;

    private GridCluster(InProcessTestCluster cluster) => _cluster = cluster;

    public IServiceProvider Client => _cluster.Client.ServiceProvider;

    public IReadOnlyList<InProcessSiloHandle> Silos => _cluster.Silos;

    public IEnumerable<IServiceProvider> SiloServices => _cluster.Silos.Select(silo => _cluster.GetSiloServiceProvider(silo.SiloAddress));

    public static FootprintGrainsOptions Options(RedisServer server) => new()
    {
        Redis = server.Endpoint,
        Secret = Secret,
        Tenants =
        {
            ["other"] = new(ConsentRegime.OptOut) { Countries = new Dictionary<string, ConsentRegime> { ["DE"] = ConsentRegime.OptIn } },
            ["strict"] = new(ConsentRegime.OptIn),
        },
    };

    public static async Task<GridCluster> StartAsync(FootprintGrainsOptions options, StoreFaults? faults = null, short silos = 2, TimeProvider? time = null)
    {
        var builder = new InProcessTestClusterBuilder(silos);
        builder.Options.ClusterId = ClusterId;
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureHost(host => host.Logging.ClearProviders());
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(time ?? TimeProvider.System);
            silo.AddFootprintGrains(options).UseInMemoryReminderService().AddFootprintRetention();
            if (faults is not null)
            {
                silo.Services.Replace(ServiceDescriptor.Singleton<IGridRedis>(
                    provider => new FaultyRedis(provider.GetRequiredService<GridRedis>(), faults)));
            }
        });
        builder.ConfigureClient(client =>
        {
            client.Services.AddSingleton(time ?? TimeProvider.System);
            client.Services.AddFootprintGrainClient();
        });
        InProcessTestCluster cluster = builder.Build();
        await cluster.DeployAsync().Within("the silos start");
        return new GridCluster(cluster);
    }

    public Task StopAsync() => _cluster.StopAllSilosAsync();

    public async Task KillAsync()
    {
        foreach (InProcessSiloHandle silo in _cluster.Silos.ToList())
        {
            await _cluster.KillSiloAsync(silo);
        }
    }

    /// <summary>The last silo dies without a word.</summary>
    public Task KillOneAsync() => _cluster.KillSiloAsync(_cluster.Silos[^1]);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();
}
