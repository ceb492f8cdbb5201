using Footprint.Grid.Api;
using Footprint.Grid.Api.Health;
using Footprint.Grid.Api.Hosting;
using Footprint.Grid.Api.Operations;
using Footprint.Grid.Api.Options;
using Footprint.Grid.Gateway.Options;
using Footprint.Grid.Gateway.Rpc;
using Grpc.AspNetCore.Server.Model;
using Grpc.Reflection;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Footprint.Grid.Gateway.Hosting;

/// <summary>gRPC by Grpc.AspNetCore over the table of operations; health and reflection by its own services.</summary>
internal static class GrpcSide
{
    private const string Ready = "ready";
    private const string Live = "live";

    private static readonly TimeSpan _watch = TimeSpan.FromSeconds(1);

    public static void Listen(KestrelServerOptions kestrel, EndpointOptions options, Certificates? certificates)
    {
        var defaults = new Api.Grpc.GrpcHostOptions();
        kestrel.Limits.Http2.MaxStreamsPerConnection = defaults.MaxStreamsPerConnection;
        kestrel.Limits.Http2.KeepAlivePingDelay = defaults.KeepAliveDelay;
        kestrel.Limits.Http2.KeepAlivePingTimeout = defaults.KeepAliveTimeout;
        kestrel.Limits.MaxConcurrentConnections = defaults.MaxConnections;
        kestrel.Listen(options.Grpc.Address, options.Grpc.Port, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            EndpointHost.UseTls(listen, certificates);
        });
    }

    public static void AddGrpcSide(this WebApplicationBuilder builder, GatewayOptions options)
    {
        var services = builder.Services;
        builder.Logging.AddFilter("Grpc", LogLevel.Warning);
        services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = options.Endpoints.MaxMessageBytes;
            grpc.MaxSendMessageSize = null;
            grpc.CompressionProviders = [new BoundedGzip(options.Endpoints.MaxMessageBytes)];
            grpc.ResponseCompressionAlgorithm = "gzip";
            grpc.ResponseCompressionLevel = System.IO.Compression.CompressionLevel.Fastest;
        });
        services.AddSingleton<MethodHandlers>();
        services.AddSingleton<GatedCall>();
        services.AddHostedService<DrainCalls>();
        AddFacade<IngestFacade>(services);
        AddFacade<DecisionsFacade>(services);
        AddFacade<ProfilesFacade>(services);
        AddFacade<DefinitionsFacade>(services);
        AddFacade<ReportsFacade>(services);

        // Its own search for services sees only generated bases.
        services.AddSingleton(provider => new ReflectionV1ServiceImpl(provider.GetRequiredService<OperationTable>().Services));
        AddHealth(builder);
    }

    public static void MapGrpcSide(this WebApplication app, OperationTable table)
    {
        var gate = app.Services.GetRequiredService<GatedCall>();
        gate.Guard(app.MapGrpcService<IngestFacade>(), table);
        gate.Guard(app.MapGrpcService<DecisionsFacade>(), table);
        gate.Guard(app.MapGrpcService<ProfilesFacade>(), table);
        gate.Guard(app.MapGrpcService<DefinitionsFacade>(), table);
        gate.Guard(app.MapGrpcService<ReportsFacade>(), table);
        gate.Guard(app.MapGrpcHealthChecksService(), table);
        gate.Guard(app.MapGrpcService<ReflectionV1ServiceImpl>(), table);
    }

    private static void AddFacade<TFacade>(IServiceCollection services)
        where TFacade : class, IFacade
    {
        services.AddSingleton<TFacade>();
        services.AddSingleton<IServiceMethodProvider<TFacade>, TableMethods<TFacade>>();
    }

    private static void AddHealth(WebApplicationBuilder builder)
    {
        builder.Services.AddGrpcHealthChecks(health =>
        {
            health.Services.Clear();
            health.Services.Map("", check => check.Name == Ready);
            foreach (var service in OperationTable.EngineServices)
            {
                health.Services.Map(service.FullName, check => check.Name == Ready);
            }

            foreach (var service in OperationTable.OwnServices)
            {
                health.Services.Map(service.FullName, check => check.Name == Live);
            }
        });
        // Readiness is told where it is asked for; a log line each second would only say so again.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        var services = builder.Services;
        services.AddHealthChecks()
            .Add(Check(Ready, serving => serving.NotReady))
            .Add(Check(Live, serving => serving.IsDraining ? "shutting down" : null));

        // Watchers are told of a change when this comes round.
        services.Configure<HealthCheckPublisherOptions>(publisher => (publisher.Delay, publisher.Period) = (TimeSpan.Zero, _watch));
    }

    private static HealthCheckRegistration Check(string name, Func<ServingState, string?> notReady) => new(
        name, provider => new ServingCheck(provider.GetRequiredService<ServingState>(), notReady), failureStatus: null, tags: null);
}
