using Footprint.Grid.Api;
using Footprint.Grid.Api.Auth;
using Footprint.Grid.Api.DecisionLog;
using Footprint.Grid.Api.Hosting;
using Footprint.Grid.Api.Telemetry;
using Footprint.Grid.Embedded;
using Footprint.Grid.Node.Options;

namespace Footprint.Grid.Node.Hosting;

/// <summary>Puts the node together: the embedded engine, the API over it, and what watches both.</summary>
internal static class NodeApplication
{
    /// <param name="keys">The configured keys, or the development key.</param>
    public static WebApplication Build(NodeOptions options, IReadOnlyList<ApiKeyOptions> keys)
    {
        var secret = options.Process.Secret is null && options.Store != StoreKind.Memory ? ServerSecret.ReadOrMake(options.DataFolder) : null;
        var certificates = Certificates.Load(options.Endpoints.Tls);
        var builder = ProcessHost.CreateBuilder(
            options.Process,
            new TelemetrySources("footprint-grid-node"),
            kestrel => EndpointHost.ListenHttp(kestrel, options.Endpoints, certificates));

        // What is added first is stopped last: the engine ends after its callers.
        builder.Services.AddDecisionLog(options.DecisionLog);
        builder.Services.AddEmbeddedEngine(Engine(options, options.Process.Secret ?? secret));
        builder.Services.AddFootprintApi(api =>
        {
            api.Secret = secret ?? api.Secret;
            EndpointHost.SetUp(api, options.Process, options.Endpoints, keys, certificates);
        });

        var app = builder.Build();
        MetricsEndpoint.Map(app);
        app.MapFootprintApi();
        return app;
    }

    private static EmbeddedOptions Engine(NodeOptions options, byte[]? secret)
    {
        var engine = new EmbeddedOptions
        {
            Store = options.Store,
            DataDirectory = options.DataFolder,
            Redis = options.Redis?.ToString() ?? "",
            MaxResidentProfiles = options.ResidentProfiles,
            MaxResidentBytes = options.ResidentBytes,
            ShutdownTimeout = options.Process.SaveTimeout,
        };
        engine.Secret = secret ?? engine.Secret;
        foreach (var tenant in options.Process.Tenants)
        {
            engine.Tenants[tenant.Name] = tenant;
        }

        return engine;
    }
}
