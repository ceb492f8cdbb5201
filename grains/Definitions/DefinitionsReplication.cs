using Footprint.Grid.Grains.Messages;
using Footprint.Grid.Grains.Tenants;
using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Grains.Definitions;

/// <summary>Gives this silo the definitions of all tenants before it serves anybody, and keeps them current while it does.</summary>
internal sealed class DefinitionsReplication : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private readonly List<DefinitionsFollower> _followers = [];
    private readonly CancellationTokenSource _stop = new();
    private Task _work = Task.CompletedTask;

    public DefinitionsReplication(
        DefinitionsReplicas replicas,
        IGrainFactory grains,
        ILocalSiloDetails silo,
        TimeProvider time,
        TenantMetrics metrics,
        ILogger<DefinitionsFollower> logger)
    {
        foreach (DefinitionsReplica replica in replicas.All)
        {
            string tenant = replica.Tenant;
            Func<Payload, Task<Payload>> ask = question => grains.GetGrain<IDefinitionsGrain>(tenant).FollowAsync(question);
            _followers.Add(new DefinitionsFollower(replica, ask, silo.SiloAddress.ToParsableString(), time, logger));
        }

        metrics.Staleness("footprint.grid.definitions.staleness", "Time since the owner last said that the oldest of the replicas is current.", Staleness);
    }

    public void Participate(ISiloLifecycle observer)
    {
        observer.Subscribe(nameof(DefinitionsReplicas), ServiceLifecycleStage.ApplicationServices, PullAsync);
        observer.Subscribe(nameof(DefinitionsReplication), ServiceLifecycleStage.Active, StartAsync, StopAsync);
    }

    public void Dispose() => _stop.Dispose();

    private async Task PullAsync(CancellationToken cancel)
    {
        foreach (DefinitionsFollower follower in _followers)
        {
            await follower.PullAsync(cancel);
        }
    }

    private Task StartAsync(CancellationToken cancel)
    {
        // Away from the lifecycle's own scheduler.
        _work = Task.Run(() => Task.WhenAll(_followers.Select(f => f.RunAsync(_stop.Token))), CancellationToken.None);
        return Task.CompletedTask;
    }

    private async Task StopAsync(CancellationToken cancel)
    {
        await _stop.CancelAsync();
        await _work.WaitAsync(cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private double? Staleness()
    {
        TimeSpan? most = null;
        foreach (DefinitionsFollower follower in _followers)
        {
            most = most > follower.Staleness ? most : follower.Staleness ?? most;
        }

        return most?.TotalSeconds;
    }
}
