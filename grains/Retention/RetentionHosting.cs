using Microsoft.Extensions.DependencyInjection;

namespace Footprint.Grid.Grains.Retention;

/// <summary>Registers the sweeps that let go of what tenants say is too old.</summary>
public static class RetentionHosting
{
    /// <summary>Needs <see cref="GrainsExtensions.AddFootprintGrains"/>, whose options hold the rules, and a reminder service.</summary>
    public static ISiloBuilder AddFootprintRetention(this ISiloBuilder silo)
    {
        ArgumentNullException.ThrowIfNull(silo);
        silo.Services.AddSingleton<RetentionSweeper>();
        silo.Services.AddHostedService<RetentionStarter>();
        return silo;
    }
}
