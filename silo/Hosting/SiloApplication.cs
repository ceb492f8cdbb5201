using Footprint.Grid.Api;
using Footprint.Grid.Api.Auth;
using Footprint.Grid.Api.DecisionLog;
using Footprint.Grid.Api.Hosting;
using Footprint.Grid.Api.Limits;
using Footprint.Grid.Api.Telemetry;
using Footprint.Grid.Grains;
using Footprint.Grid.Grains.Hosting;
using Footprint.Grid.Grains.Retention;
using Footprint.Grid.Silo.Options;
using Orleans.Dashboard;

namespace Footprint.Grid.Silo.Hosting;

/// <summary>Puts the silo together: a member of the cluster that hosts clients, and a listener that tells how it is.</summary>
internal static class SiloApplication
{
    private static readonly TelemetrySources _telemetry = new("footprint-grid-silo")
    {
        MoreMeters = [ClusterHosting.MeterName],
        MoreTraces = [ClusterHosting.TraceNames],
    };

    /// <param name="keys">The configured keys and a given development key; without any there is no dashboard.</param>
    public static WebApplication Build(SiloOptions options, IReadOnlyList<ApiKeyOptions> keys)
    {
        var listen = options.Health.Listen;
        var builder = ProcessHost.CreateBuilder(options.Process, _telemetry, kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(listen.Address, listen.Port);
        });
        builder.Services.AddDecisionLog(options.Hosting.DecisionLog);
        builder.UseOrleans(silo =>
        {
            silo.JoinCluster(
                    new ClusterAddress(options.Cluster.Redis, options.Cluster.ClusterId, options.Cluster.ServiceId),
                    new MemberAddress(options.Member.AdvertisedIp, options.Member.SiloPort, options.Member.OrleansPort))
                .AddFootprintGrains(Engine(options))
                .AddFootprintRetention();
            if (options.HasDashboard)
            {
                silo.AddDashboard();
            }
        });
        builder.Services.AddFootprintHealth();
        builder.Services.AddSingleton(new KeyCheck(new ApiKeyRing(keys, new LimitOptions(), TimeProvider.System)));

        var app = builder.Build();
        MetricsEndpoint.Map(app, options.Health.OpenMetrics);
        if (options.HasDashboard)
        {
            app.UseMiddleware<AdminGate>();
            app.MapOrleansDashboard(AdminGate.Path);
        }

        app.MapFootprintHealth();
        return app;
    }

    private static FootprintGrainsOptions Engine(SiloOptions options)
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
