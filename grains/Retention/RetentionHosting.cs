using Microsoft.Extensions.DependencyInjection;

namespace Footprint.Grid.Grains.Retention;

/// <summary>Registers the removal of profiles that were idle for too long.</summary>
public static class RetentionHosting
{
    /// <summary>Needs <see cref="GrainsExtensions.AddFootprintGrains"/> and a reminder service. The same options on every silo.</summary>
    public static ISiloBuilder AddFootprintRetention(this ISiloBuilder silo, RetentionOptions options)
    {
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentNullException.ThrowIfNull(options);
        silo.Services.AddSingleton(options);
        silo.Services.AddSingleton<RetentionSweeper>();
        silo.Services.AddHostedService<RetentionStarter>();
        return silo;
    }
}
