using System.Diagnostics.Metrics;
using Footprint.Grid.Core.Learning;
using Footprint.Grid.Embedded.Clients;
using Footprint.Grid.Embedded.Metrics;
using Footprint.Grid.Embedded.Stores;
using Footprint.Grid.Embedded.Tenants;
using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Embedded.Knowledge;

/// <summary>Publishes what clients taught to the decisions every moment, and saves it now and then.</summary>
internal sealed partial class KnowledgeKeeper(
    TenantDirectory tenants,
    IGridStore store,
    QuarantineKeeper quarantine,
    EmbeddedOptions options,
    TimeProvider time,
    EngineMetrics metrics,
    ILogger<KnowledgeKeeper> logger)
{
    private readonly WorkPace _pace = new();
    private readonly Dictionary<string, KnowledgeSnapshot> _saved = new(StringComparer.Ordinal);
    private long _published;

    /// <summary>Takes up the knowledge that was saved. Definitions must be there.</summary>
    public async Task LoadAsync(CancellationToken cancel)
    {
        metrics.Gauge("footprint.grid.knowledge.staleness", "s", "Time since shared knowledge was last published.", Staleness);
        metrics.Count(
            "footprint.grid.knowledge.dropped", "{observation}", "Observations lost because they came faster than they were learned, or there was no room for more items.", () => tenants.All.Sum(t => t.KnowledgeBase.Dropped));
        metrics.Count(
            "footprint.grid.knowledge.not_taken", "{sum}", "Sums of outcomes that were not taken, since more placements learn than there is room for.", () => tenants.All.Sum(t => t.KnowledgeBase.NotTaken));
        metrics.Seconds("footprint.grid.knowledge.work", "Time that learning in the background took; it works on one thread.", () => _pace.Done);
        metrics.Gauge("footprint.grid.knowledge.waiting", "{item}", "Items whose neighbours are to be found out again.", () => tenants.All.Sum(t => (long)t.KnowledgeBase.Waiting));
        metrics.Gauge("footprint.grid.knowledge.due", "{item}", "Items that changed much and whose neighbours decisions do not know yet: the newest have theirs within a second, these later.", () => tenants.All.Sum(t => (long)t.KnowledgeBase.Due));
        foreach (TenantState tenant in tenants.All)
        {
            byte[]? saved = await store.ReadKnowledgeAsync(tenant.Name, cancel);
            if (saved is null)
            {
                continue;
            }

            try
            {
                tenant.KnowledgeBase = KnowledgeBase.Load(saved);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                if (!await quarantine.KeepAsync(tenant.Name, "knowledge", tenant.Name, e.Message, saved, cancel))
                {
                    throw new StoreException("Saved knowledge is damaged and cannot be set aside.", e);
                }
            }
        }

        Publish();
        foreach (TenantState tenant in tenants.All)
        {
            _saved[tenant.Name] = tenant.Knowledge;
        }
    }

    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            long saved = time.GetTimestamp();
            long worked = saved;
            using var timer = new PeriodicTimer(options.KnowledgeInterval, time);
            while (await timer.WaitForNextTickAsync(stop))
            {
                if (!_pace.MayWork(time.GetElapsedTime(worked)))
                {
                    continue;
                }

                long start = time.GetTimestamp();
                Publish();
                long published = time.GetTimestamp();
                if (time.GetElapsedTime(saved) >= options.KnowledgeSaveInterval)
                {
                    await SaveAsync(stop);
                    saved = time.GetTimestamp();
                }

                worked = time.GetTimestamp();
                _pace.Worked(time.GetElapsedTime(start, published), time.GetElapsedTime(published, worked));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    /// <summary>For a shutdown, when <see cref="RunAsync"/> has ended.</summary>
    public async Task SaveAllAsync(CancellationToken cancel)
    {
        Publish();
        await SaveAsync(cancel);
    }

    private void Publish()
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();

        // However many tenants have a lot to learn, it is one piece of work.
        int most = KnowledgeBase.MostSolved / Math.Max(1, tenants.All.Count(t => t.KnowledgeBase.Waiting > 0));
        foreach (TenantState tenant in tenants.All)
        {
            tenant.KnowledgeBase.Define(tenant.Definitions.Placements, tenant.Definitions.Campaigns);
            tenant.Knowledge = tenant.KnowledgeBase.Publish(tenant.Definitions.Items, now, Math.Max(1, most));
        }

        Volatile.Write(ref _published, time.GetTimestamp());
    }

    private async Task SaveAsync(CancellationToken cancel)
    {
        foreach (TenantState tenant in tenants.All)
        {
            KnowledgeSnapshot current = tenant.Knowledge;
            if (ReferenceEquals(_saved.GetValueOrDefault(tenant.Name), current))
            {
                continue;
            }

            try
            {
                await store.WriteKnowledgeAsync(tenant.Name, tenant.KnowledgeBase.Save(), cancel);
                _saved[tenant.Name] = current;
            }
            catch (Exception e) when (!cancel.IsCancellationRequested)
            {
                LogFailed(logger, e, tenant.Name);
                metrics.StoreFailed("knowledge");
            }
        }
    }

    private IEnumerable<Measurement<double>> Staleness()
    {
        long published = Volatile.Read(ref _published);
        return published == 0 ? [] : [new Measurement<double>(time.GetElapsedTime(published).TotalSeconds)];
    }
}
