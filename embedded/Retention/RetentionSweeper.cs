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
/// Goes over all stored clients now and then and lets go of what their tenants' rules say is too old. A page at a time
/// with a pause between, and of clients that are not in memory only those are brought in of whom something is due, so
/// that a sweep is not felt.
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
            if (options.Tenants.Values.Any(tenant => !tenant.Retention.IsNone))
            {
                await new SweepTimes(store, options.RetentionInterval, time, logger).RunAsync(async cancel => await SweepAsync(cancel) is not null, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    /// <summary>One sweep over everything; gives the number of clients that it changed, null when it was broken off.</summary>
    public async Task<int?> SweepAsync(CancellationToken stop)
    {
        int swept = 0;
        bool isWhole = true;
        string? from = null;
        try
        {
            do
            {
                (IReadOnlyList<ClientKey> clients, from) = await store.ListAsync(from, PageSize, stop);
                swept += await SweepAsync(clients, stop);
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
            LogSwept(logger, swept);
        }

        return isWhole ? swept : null;
    }

    private async Task<int> SweepAsync(IReadOnlyList<ClientKey> clients, CancellationToken stop)
    {
        var asked = new List<(ClientKey Key, TenantState Tenant, RetentionRules Rules)>(clients.Count);
        foreach (ClientKey key in clients)
        {
            if (options.Tenants.TryGetValue(key.Tenant, out TenantSettings? settings) && settings.Retention is { IsNone: false } rules
                && tenants.Find(key.Tenant) is { } tenant)
            {
                asked.Add((key, tenant, rules));
            }
        }

        IReadOnlyList<StoredClient> stored = asked.Count == 0 ? [] : await store.LoadAsync(asked.ConvertAll(a => a.Key), stop);
        int swept = 0;
        for (int i = 0; i < asked.Count; i++)
        {
            (ClientKey key, TenantState tenant, RetentionRules rules) = asked[i];
            if ((tenant.Clients.ContainsKey(key.ClientId) || IsDue(key, stored[i], rules)) && await ExpireAsync(tenant, key.ClientId, rules, stop))
            {
                swept++;
            }
        }

        return swept;
    }

    private bool IsDue(ClientKey key, StoredClient stored, RetentionRules rules)
    {
        try
        {
            return Expiry.Due(ColdLoader.Rebuild(key, stored).Profile, rules, time.GetUtcNow().ToUnixTimeMilliseconds()) is not null;
        }
        catch (CorruptRecordException)
        {
            // Whoever needs the client next finds it, and sets it aside.
            return false;
        }
    }

    private async Task<bool> ExpireAsync(TenantState tenant, string clientId, RetentionRules rules, CancellationToken stop)
    {
        try
        {
            ClientSlot slot = await directory.GetAsync(tenant, clientId, new CallContext(tenant.Name, time.GetUtcNow() + _limit, stop));
            lock (slot)
            {
                long now = time.GetUtcNow().ToUnixTimeMilliseconds();
                return slot.State == SlotState.Ready && slot.Actor!.Expire(tenant.Turn(now, long.MaxValue, 0, slot), rules);
            }
        }
        catch (GridException) when (!stop.IsCancellationRequested)
        {
            // The store or the journal has no room for it now; the next sweep comes by again.
            return false;
        }
    }
}
