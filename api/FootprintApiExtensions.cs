using Footprint.Grid.Api.Auth;
using Footprint.Grid.Api.Grpc;
using Footprint.Grid.Api.Health;
using Footprint.Grid.Api.Hosting;
using Footprint.Grid.Api.Json;
using Footprint.Grid.Api.Limits;
using Footprint.Grid.Api.My;
using Footprint.Grid.Api.OpenApi;
using Footprint.Grid.Api.Operations;
using Footprint.Grid.Api.Privacy;
using Footprint.Grid.Api.Telemetry;
using Footprint.Grid.Engine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Footprint.Grid.Api;

/// <summary>Puts the API into a host. The engine's ports come from its services.</summary>
public static class FootprintApiExtensions
{
    /// <summary>
    /// Adds the operations, the gates before them and the built-in gRPC host. Needs <see cref="IClientEngine"/>,
    /// <see cref="IDefinitionsEngine"/>, <see cref="IReportsEngine"/> and <see cref="IEngineHealth"/>. Hosted services that were added before are
    /// stopped after the gRPC host has drained: add the engine first. Options may also come by
    /// <c>services.Configure&lt;FootprintApiOptions&gt;</c>; wrong ones stop the start, all named at once.
    /// </summary>
    public static IServiceCollection AddFootprintApi(this IServiceCollection services, Action<FootprintApiOptions>? configure = null)
    {
        var options = services.AddOptions<FootprintApiOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IValidateOptions<FootprintApiOptions>, FootprintApiOptionsValidator>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<FootprintApiOptions>>().Value);
        services.AddSingleton<ApiMetrics>();
        services.AddSingleton(provider => new MyPassCodec(provider.GetRequiredService<FootprintApiOptions>().Secret));
        services.AddSingleton<MyIds>();
        services.AddSingleton<MyLinks>();
        services.AddSingleton<MyForms>();
        services.AddSingleton<MyPages>();
        services.AddSingleton(provider => new OperationTable(
            provider.GetRequiredService<IClientEngine>(),
            provider.GetRequiredService<IDefinitionsEngine>(),
            provider.GetRequiredService<IReportsEngine>(),
            provider.GetRequiredService<MyLinks>(),
            provider.GetRequiredService<ServingState>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider =>
        {
            var value = provider.GetRequiredService<FootprintApiOptions>();
            return new ApiKeyRing(value.Keys, value.Limits, provider.GetRequiredService<TimeProvider>());
        });
        services.AddSingleton(provider => new KeyCheck(provider.GetRequiredService<ApiKeyRing>()));
        services.AddSingleton(provider => new CallGate(
            provider.GetRequiredService<ApiKeyRing>(),
            provider.GetRequiredService<FootprintApiOptions>().Limits,
            provider.GetRequiredService<ServingState>(),
            provider.GetRequiredService<ApiMetrics>()));
        services.AddSingleton<GrpcRuntime>();
        services.AddSingleton<JsonRuntime>();
        services.AddSingleton(provider => new GrpcHost(
            provider.GetRequiredService<OperationTable>(), provider.GetRequiredService<GrpcRuntime>(), provider));
        services.AddFootprintHealth();
        services.AddHostedService(provider => provider.GetRequiredService<GrpcHost>());
        return services;
    }

    /// <summary>
    /// Maps the JSON side, <c>/health/startup</c>, <c>/health/live</c>, <c>/health/ready</c>, <c>/openapi/v1.json</c>, <c>/.well-known/gpc.json</c>
    /// and the clients' own pages under <c>/my</c>. Endpoints that the host
    /// maps itself come first; everything else that no route has is answered with 404 in the API's own form.
    /// </summary>
    public static IEndpointConventionBuilder MapFootprintApi(this IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider;
        var table = services.GetRequiredService<OperationTable>();
        var factory = new JsonEndpointFactory(services.GetRequiredService<JsonRuntime>());
        var routes = table.All.Where(operation => operation.Http is not null)
            .Select(operation => new JsonRoute(operation.Http!.Verb, operation.Http.Segments, operation, operation.Accept(factory)))
            .Concat(HealthRoutes(services))
            .Append(OpenApiDocument.Route(table))
            .Append(PrivacyStatement.Route)
            .Concat(services.GetRequiredService<MyPages>().Routes);
        return endpoints.MapFallback("{**path}", new JsonRouter([.. routes]).RouteAsync);
    }

    /// <summary>What a process without the API serves all the same: <c>/health/startup</c>, <c>/health/live</c>, <c>/health/ready</c>.</summary>
    internal static IServiceCollection AddFootprintHealth(this IServiceCollection services)
    {
        services.AddSingleton<ServingState>();
        return services.AddHostedService<DrainOnStop>();
    }

    /// <inheritdoc cref="AddFootprintHealth"/>
    internal static void MapFootprintHealth(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapFallback("{**path}", new JsonRouter([.. HealthRoutes(endpoints.ServiceProvider)]).RouteAsync);

    private static IEnumerable<JsonRoute> HealthRoutes(IServiceProvider services) =>
        new HealthEndpoints(services.GetRequiredService<ServingState>(), services.GetRequiredService<IHostApplicationLifetime>()).Routes;
}
