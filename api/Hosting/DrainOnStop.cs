using Footprint.Grid.Api.Health;
using Microsoft.Extensions.Hosting;

namespace Footprint.Grid.Api.Hosting;

/// <summary>Takes readiness back as soon as the process is told to stop, before any part of it stops.</summary>
internal sealed class DrainOnStop(ServingState serving, IHostApplicationLifetime lifetime) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStopping.Register(serving.BeginDrain);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        serving.BeginDrain();
        return Task.CompletedTask;
    }
}
