using Footprint.Grid.Api;
using Footprint.Grid.Api.Auth;
using Footprint.Grid.Api.Hosting;
using Footprint.Grid.Api.Operations;
using Footprint.Grid.Api.Telemetry;
using Footprint.Grid.Gateway.Options;
using Footprint.Grid.Gateway.Rpc;
using Footprint.Grid.Grains;
using Footprint.Grid.Grains.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Footprint.Grid.Gateway.Hosting;

/// <summary>Puts the gateway together: the way into the cluster, the API over it, and what watches both.</summary>
internal static class GatewayApplication
{
    private static readonly TelemetrySources _telemetry = new("footprint-grid-gateway")
    {
        MoreMeters = [ClusterHosting.MeterName],
        MoreTraces = [ClusterHosting.TraceNames],
    };

    /// <param name="keys">The configured keys, or the development key.</param>
    public static WebApplication Build(GatewayOptions options, IReadOnlyList<ApiKeyOptions> keys)
    {
        var secret = options.HasOwnSecret ? options.Hosting.Secret(options.Process) : null;
        var certificates = Certificates.Load(options.Endpoints.Tls);
        var builder = ProcessHost.CreateBuilder(options.Process, _telemetry, kestrel => Listen(kestrel, options, certificates));

        // What is added first is stopped last: the cluster is left when no call is under way any more.
        Joining.Join(builder, options);
        builder.Services.AddFootprintGrainClient();
        builder.Services.AddFootprintApi(api =>
        {
            api.Secret = secret ?? api.Secret;
            EndpointHost.SetUp(api, options.Process, options.Endpoints, keys, certificates);
            api.Grpc.Enabled = false;
        });
        builder.AddGrpcSide(options);

        var app = builder.Build();
        var table = app.Services.GetRequiredService<OperationTable>();
        app.UseWhen(HealthListener.IsOn, branch => branch.Use(HealthListener.OnlyHealth));
        MetricsEndpoint.Map(app, options.Health.OpenMetrics);
        app.MapGrpcSide(table);
        app.MapFootprintApi();
        return app;
    }

    private static void Listen(KestrelServerOptions kestrel, GatewayOptions options, Certificates? certificates)
    {
        EndpointHost.ListenHttp(kestrel, options.Endpoints, certificates);

        // The endpoints bound what they read themselves; a stream has no bound on its length.
        kestrel.Limits.MaxRequestBodySize = null;
        GrpcSide.Listen(kestrel, options.Endpoints, certificates);
        HealthListener.Listen(kestrel, options.Health.Listen);
    }
}
