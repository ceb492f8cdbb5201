using Footprint.Grid.Grains.Storage;
using Footprint.Grid.Grains.Tenants;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Footprint.Grid.Grains;

/// <summary>Registers the Orleans engine.</summary>
public static class GrainsExtensions
{
    /// <summary>
    /// All that a silo needs to host clients: Redis storage and journal, the client grains, definitions and knowledge.
    /// Clustering and endpoints are the host's.
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
        TenantServices.AddToSilo(services);
        return silo;
    }

    /// <summary>
    /// <see cref="Footprint.Grid.Engine.IClientEngine"/>, <see cref="Footprint.Grid.Engine.IDefinitionsEngine"/>,
    /// <see cref="Footprint.Grid.Engine.IEngineHealth"/> and <see cref="Engine.IClientForwarder"/> over the registered
    /// <see cref="IGrainFactory"/>: an Orleans client's, or a silo's own.
    /// </summary>
    public static IServiceCollection AddFootprintGrainClient(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        TenantServices.AddToClient(services);
        return services;
    }
}
