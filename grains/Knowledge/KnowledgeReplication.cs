using Footprint.Grid.Core.Learning;
using Footprint.Grid.Grains.Storage;
using Footprint.Grid.Grains.Tenants;
using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Grains.Knowledge;

/// <summary>
/// Reads what all clients taught before this silo serves anybody; then sends what its own teach, and publishes what comes back, each
/// several times a second, so that decisions, here as on any silo, go by an act within a second.
/// </summary>
internal sealed class KnowledgeReplication : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    /// <summary>A silo that dies takes at most what it gathered for so long along.</summary>
    public static readonly TimeSpan FlushInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>Together with <see cref="FlushInterval"/> less than half of a second: the rest is for the work and its rests, and for the way to Redis.</summary>
    public static readonly TimeSpan PublishInterval = TimeSpan.FromMilliseconds(200);

    private readonly List<(KnowledgeReplica Replica, KnowledgeFlow[] Flows)> _tenants = [];
    private readonly WorkPace _gathering = new(WorkPace.RestOfGathering);
    private readonly WorkPace _publishing = new();
    private readonly TakingPace _taking;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private Task _work = Task.CompletedTask;

    public KnowledgeReplication(
        TenantSnapshots tenants,
        IGridRedis redis,
        IGrainFactory grains,
        ILocalSiloDetails silo,
        TimeProvider time,
        TenantMetrics metrics,
        ILogger<KnowledgeFlow> logger)
    {
        (_time, _taking) = (time, new TakingPace(time));
        string source = silo.SiloAddress.ToParsableString();
        foreach (TenantSnapshot tenant in tenants.All)
        {
            var replica = new KnowledgeReplica(tenant, redis, time);
            _tenants.Add((replica, [.. Enumerable.Range(0, KnowledgeGatherer.Shards).Select(shard =>
                new KnowledgeFlow(replica, shard, () => grains.GetGrain<IKnowledgeGrain>($"{tenant.Name}/{shard}"), source, _taking, time, logger))]));
        }

        metrics.Staleness("footprint.grid.knowledge.staleness", "Time since the owner last said that the oldest shard of knowledge is current.", Staleness);
        metrics.Seconds(
            "footprint.grid.knowledge.work",
            "Time that learning in the background took: adding up what this silo's clients teach, taking what all teach, and publishing what follows.",
            () => _gathering.Done + _publishing.Done + _taking.Done);
        metrics.Gauge("footprint.grid.knowledge.waiting", "{item}", "Items whose neighbours are to be found out again.", () => _tenants.Sum(t => (long)t.Replica.Waiting));
        metrics.Gauge(
            "footprint.grid.knowledge.due", "{item}", "Items that changed much and whose neighbours decisions do not know yet: the newest have theirs within a second, these later.", () => _tenants.Sum(t => (long)t.Replica.Due));
        metrics.Count(
            "footprint.grid.knowledge.dropped", "{observation}", "Observations lost because knowledge could not be sent for long, or had no room for more items.", () => _tenants.Sum(t => t.Replica.Dropped));
        metrics.Count(
            "footprint.grid.knowledge.not_taken", "{sum}", "Sums of outcomes that were not taken, since more placements learn than there is room for.", () => _tenants.Sum(t => t.Replica.NotTaken));
    }

    public void Participate(ISiloLifecycle observer)
    {
        // After the definitions, whose items knowledge is about.
        observer.Subscribe(nameof(KnowledgeReplica), ServiceLifecycleStage.ApplicationServices + 1, PullAsync);
        observer.Subscribe(nameof(KnowledgeReplication), ServiceLifecycleStage.Active, StartAsync, StopAsync);
    }

    public void Dispose()
    {
        _stop.Dispose();
        _taking.Dispose();
    }

    private async Task PullAsync(CancellationToken cancel)
    {
        foreach ((KnowledgeReplica replica, KnowledgeFlow[] flows) in _tenants)
        {
            for (int shard = 0; shard < flows.Length; shard++)
            {
                await replica.ReadAsync(shard, work: null, cancel);
            }

            replica.Publish(_time.GetUtcNow().ToUnixTimeMilliseconds());
        }
    }

    private Task StartAsync(CancellationToken cancel)
    {
        // Away from the lifecycle's own scheduler.
        CancellationToken stop = _stop.Token;
        _work = Task.Run(
            () => Task.WhenAll([FlushAsync(stop), PublishAsync(stop), .. _tenants.SelectMany(t => t.Flows).Select(f => f.FollowAsync(stop))]),
            CancellationToken.None);
        return Task.CompletedTask;
    }

    private async Task StopAsync(CancellationToken cancel)
    {
        await _stop.CancelAsync();
        await _work.WaitAsync(cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Gather();
        await SendAsync(cancel).WaitAsync(cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task FlushAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(FlushInterval, _time);
        long gathered = _time.GetTimestamp();
        while (await NextAsync(timer, stop))
        {
            // What waits is bounded, and what is too much for that dropped and counted.
            if (_gathering.MayWork(_time.GetElapsedTime(gathered)))
            {
                long start = _time.GetTimestamp();
                Gather();
                gathered = _time.GetTimestamp();
                _gathering.Worked(_time.GetElapsedTime(start, gathered));
            }

            await SendAsync(stop);
        }
    }

    private void Gather() => _tenants.ForEach(t => t.Replica.Gatherer.Gather());

    private Task SendAsync(CancellationToken cancel) => Task.WhenAll(_tenants.SelectMany(t => t.Flows).Select(f => f.SendAsync(cancel)));

    private async Task PublishAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(PublishInterval, _time);
        long published = _time.GetTimestamp();
        while (await NextAsync(timer, stop))
        {
            if (!_publishing.MayWork(_time.GetElapsedTime(published)))
            {
                continue;
            }

            long start = _time.GetTimestamp();
            int most = Math.Max(1, KnowledgeBase.MostSolved / Math.Max(1, _tenants.Count(t => t.Replica.Waiting > 0)));
            _tenants.ForEach(t => t.Replica.Publish(_time.GetUtcNow().ToUnixTimeMilliseconds(), most));
            published = _time.GetTimestamp();
            _publishing.Worked(_time.GetElapsedTime(start, published));
        }
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken stop)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private double? Staleness()
    {
        TimeSpan? most = null;
        foreach ((_, KnowledgeFlow[] flows) in _tenants)
        {
            foreach (KnowledgeFlow flow in flows)
            {
                most = most > flow.Staleness ? most : flow.Staleness ?? most;
            }
        }

        return most?.TotalSeconds;
    }
}
