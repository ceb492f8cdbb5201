using System.Security.Cryptography;
using Footprint.Grid.Core.Storage;
using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Batches;
using Footprint.Grid.Grains.Clients;
using Footprint.Grid.Grains.Engine;
using Footprint.Grid.Grains.Health;
using Footprint.Grid.Grains.Journal;
using Footprint.Grid.Grains.Metrics;
using Footprint.Grid.Grains.Storage;
using Footprint.Grid.Grains.Tenants;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Persistence;
using Orleans.Storage;
using StackExchange.Redis;

namespace Footprint.Grid.Grains;

/// <summary>Registers the Orleans engine.</summary>
public static class GrainsExtensions
{
    private const string ProfileStorage = "footprint-profiles";

    /// <summary>Longer than any call may last: its own deadline ends it.</summary>
    private static readonly TimeSpan _responseTimeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan _collectionQuantum = TimeSpan.FromSeconds(20);

    /// <summary>
    /// All that a silo needs to host clients: Redis storage and journal, the client grains, definitions and knowledge, and
    /// <see cref="IEngineHealth"/> of this silo. Clustering and endpoints are the host's.
    /// </summary>
    /// <exception cref="ArgumentException">Options are wrong; the message names all of them.</exception>
    public static ISiloBuilder AddFootprintGrains(this ISiloBuilder silo, FootprintGrainsOptions options)
    {
        IReadOnlyList<string> errors = options.Validate();
        if (errors.Count > 0)
        {
            throw new ArgumentException(string.Join(Environment.NewLine, errors), nameof(options));
        }

        IServiceCollection services = silo.Services;
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<GridRedis>();
        services.AddSingleton<IGridRedis>(provider => provider.GetRequiredService<GridRedis>());
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<GridRedis>());
        services.AddSingleton<GrainMetrics>();
        services.AddSingleton<AppendPump>();
        services.AddSingleton(provider => new ProfileStore(
            provider.GetRequiredService<IGridRedis>(),
            new Lazy<IGrainStorage>(() => provider.GetRequiredKeyedService<IGrainStorage>(ProfileStorage)),
            new TombstoneKeys(options.Secret)));
        services.AddSingleton(_ => new SeedSource(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)))));
        services.AddSingleton<ClientServices>();
        services.AddSingleton<ClientsInMemory>();
        services.AddPlacementDirector<SiloPlacement, SiloPlacementDirector>();
        services.AddSingleton<SiloHealth>();
        services.Replace(ServiceDescriptor.Singleton<IEngineHealth>(provider => provider.GetRequiredService<SiloHealth>()));
        TenantServices.AddToSilo(services);
        AddStorage(silo);
        silo.Configure<SiloMessagingOptions>(o =>
        {
            o.ResponseTimeout = _responseTimeout;
            o.MaxEnqueuedRequestsHardLimit = options.MaxRequestsPerClient;
        });
        silo.Configure<GrainCollectionOptions>(o =>
        {
            o.CollectionAge = options.IdleAfter;
            o.CollectionQuantum = _collectionQuantum;
        });
        return silo;
    }

    /// <summary>
    /// <see cref="IClientEngine"/>, <see cref="IDefinitionsEngine"/>, <see cref="IReportsEngine"/>, <see cref="IEngineHealth"/> and
    /// <see cref="IClientForwarder"/> over the registered <see cref="IGrainFactory"/>: an Orleans client's, or a silo's own.
    /// </summary>
    public static IServiceCollection AddFootprintGrainClient(this IServiceCollection services)
    {
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<SiloBatches>();
        services.AddSingleton<GrainCaller>();
        services.AddSingleton<BatchSplitter>();
        services.AddSingleton<IClientForwarder, ClientForwarder>();
        services.AddSingleton<IClientEngine, GrainEngine>();
        if (!services.Any(s => s.ServiceType == typeof(IEngineHealth)))
        {
            services.AddSingleton<ClusterHealth>();
            services.AddSingleton<IEngineHealth>(provider => provider.GetRequiredService<ClusterHealth>());
            services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<ClusterHealth>());
        }

        services.Configure<ClientMessagingOptions>(o => o.ResponseTimeout = _responseTimeout);
        TenantServices.AddToClient(services);
        return services;
    }

    private static void AddStorage(ISiloBuilder silo) => silo.AddRedisGrainStorage(
        ProfileStorage,
        (OptionsBuilder<RedisStorageOptions> builder) => builder.Configure<IServiceProvider>((storage, provider) =>
        {
            // No expiry: whole seconds aside, Orleans' script would fail for it after it wrote.
            storage.EntryExpiry = null;
            storage.ConfigurationOptions = new ConfigurationOptions();
            storage.CreateMultiplexer = _ => Task.FromResult(((IConnectionMultiplexer)provider.GetRequiredService<GridRedis>().Connection, true));
            storage.GrainStorageSerializer = new ProfileBytesSerializer();
            storage.GetStorageKey = static (_, grain) => RedisLayout.Checkpoint(grain.Key.ToString()!);
        }));
}
