using Orleans.Concurrency;

namespace Footprint.Grid.Grains.Health;

/// <inheritdoc cref="IHealthGrain"/>
[StatelessWorker(1)]
[GrainType("health")]
internal sealed class HealthGrain(SiloHealth health) : Grain, IHealthGrain
{
    public ValueTask<string?> AskAsync() => new(health.NotReady);
}
