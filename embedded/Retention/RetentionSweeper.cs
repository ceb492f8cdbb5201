using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Retention;
using Footprint.Grid.Embedded.Checkpoints;
using Footprint.Grid.Embedded.Clients;
using Footprint.Grid.Embedded.Metrics;
using Footprint.Grid.Embedded.Stores;
using Footprint.Grid.Embedded.Tenants;
using Footprint.Grid.Engine;
using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Embedded.Retention;

/// <summary>
/// Goes over all stored clients now and then, lets go of what their tenants' rules say is too old, and moves them in and out of the
/// segments that time alone changed. A page at a time with a pause between, and of clients that are not in memory only those are
/// brought in of whom something is due, so that a sweep is not felt.
/// </summary>
internal sealed partial class RetentionSweeper(
    IGridStore store,
    TenantDirectory tenants,
    ClientDirectory directory,
    Checkpointer checkpointer,
    EmbeddedOptions options,
    TimeProvider time,
    EngineMetrics metrics,
    ILogger<RetentionSweeper> logger)
{
    private const int PageSize = 256;
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(30);

    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            await new SweepTimes(store, options.RetentionInterval, time, logger).RunAsync(async cancel => await SweepAsync(cancel) is not null, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    /// <summary>One sweep over everything; gives the number of clients that it changed, null when it was broken off.</summary>
    public async Task<int?> SweepAsync(CancellationToken stop)
    {
        int swept = 0, moved = 0;
        bool isWhole = true;
        string? from = null;
        try
        {
            do
            {
                (IReadOnlyList<ClientKey> clients, from) = await store.ListAsync(from, PageSize, stop);
                (int pageSwept, int pageMoved) = await SweepAsync(clients, stop);
                (swept, moved) = (swept + pageSwept, moved + pageMoved);
                await Task.Delay(from is null ? TimeSpan.Zero : _pause, time, stop);
            }
            while (from is not null);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            LogFailed(logger, e);
            metrics.StoreFailed("retention");
            isWhole = false;
        }

        if (swept > 0)
        {
            checkpointer.Wipe();
        }

        if (swept + moved > 0)
        {
            LogSwept(logger, swept, moved);
        }

        return isWhole ? swept + moved : null;
    }

    private async Task<(int Swept, int Moved)> SweepAsync(IReadOnlyList<ClientKey> clients, CancellationToken stop)
    {
        var asked = new List<(ClientKey Key, TenantState Tenant, RetentionRules Rules)>(clients.Count);
        foreach (ClientKey key in clients)
        {
            if (options.Tenants.TryGetValue(key.Tenant, out TenantSettings? settings) && tenants.Find(key.Tenant) is { } tenant)
            {
                asked.Add((key, tenant, settings.Retention));
            }
        }

        IReadOnlyList<StoredClient> stored = asked.Count == 0 ? [] : await store.LoadAsync(asked.ConvertAll(a => a.Key), stop);
        int swept = 0, moved = 0;
        for (int i = 0; i < asked.Count; i++)
        {
            (ClientKey key, TenantState tenant, RetentionRules rules) = asked[i];
            if (tenant.Clients.ContainsKey(key.ClientId) || IsDue(key, tenant, stored[i], rules))
            {
                SweepResult result = await SweepAsync(tenant, key.ClientId, rules, stop);
                swept += result == SweepResult.LetGo ? 1 : 0;
                moved += result == SweepResult.MovedSegments ? 1 : 0;
            }
        }

        return (swept, moved);
    }

    private bool IsDue(ClientKey key, TenantState tenant, StoredClient stored, RetentionRules rules)
    {
        try
        {
            return ColdLoader.Rebuild(key, stored).IsDue(tenant.Turn(time.GetUtcNow().ToUnixTimeMilliseconds(), long.MaxValue, 0, NoJournal.Instance), rules);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A damaged one may fail to decode in any way. Whoever needs the client next finds it, and sets it aside.
            return false;
        }
    }

    private async Task<SweepResult> SweepAsync(TenantState tenant, string clientId, RetentionRules rules, CancellationToken stop)
    {
        try
        {
            ClientSlot slot = await directory.GetAsync(tenant, clientId, new CallContext(tenant.Name, time.GetUtcNow() + _limit, stop));
            lock (slot)
            {
                long now = time.GetUtcNow().ToUnixTimeMilliseconds();
                return slot.State == SlotState.Ready ? slot.Actor!.Sweep(tenant.Turn(now, long.MaxValue, 0, slot), rules) : SweepResult.Nothing;
            }
        }
        catch (GridException) when (!stop.IsCancellationRequested)
        {
            // The store or the journal has no room for it now; the next sweep comes by again.
            return SweepResult.Nothing;
        }
    }
}
