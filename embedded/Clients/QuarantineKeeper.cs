using Footprint.Grid.Core.Storage;
using Footprint.Grid.Embedded.Metrics;
using Footprint.Grid.Embedded.Stores;
using Footprint.Grid.Engine;
using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Embedded.Clients;

/// <summary>Sets stored bytes that cannot be trusted aside: kept, counted and reported.</summary>
internal sealed partial class QuarantineKeeper(IGridStore store, TimeProvider time, EngineMetrics metrics, ILogger<QuarantineKeeper> logger)
{
    /// <summary>False when the store did not take them; nothing may be overwritten then.</summary>
    public Task<bool> KeepAsync(ClientKey client, StoredClient stored, string reason, CancellationToken cancel) =>
        KeepAsync(client.Tenant, "profile", client.ClientId, reason, QuarantineFormat.PackProfile(stored.Checkpoint, stored.Journal), cancel);

    public async Task<bool> KeepAsync(string tenant, string kind, string id, string reason, byte[] data, CancellationToken cancel)
    {
        try
        {
            long now = time.GetUtcNow().ToUnixTimeMilliseconds();
            await store.QuarantineAsync(new QuarantineRecord(tenant, kind, id, reason, now, data), cancel);
            metrics.Quarantined();
            LogKept(logger, kind, tenant, reason);
            return true;
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            metrics.StoreFailed("quarantine");
            LogFailed(logger, e, kind, tenant);
            return false;
        }
    }
}
