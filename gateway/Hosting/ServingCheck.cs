using Footprint.Grid.Api.Health;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Footprint.Grid.Gateway.Hosting;

/// <summary>What the process says of itself, as ASP.NET's health checks ask it.</summary>
internal sealed class ServingCheck(ServingState serving, Func<ServingState, string?> notReady) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(notReady(serving) is { } reason ? HealthCheckResult.Unhealthy(reason) : HealthCheckResult.Healthy());
}
