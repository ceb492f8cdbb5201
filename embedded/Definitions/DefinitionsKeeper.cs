using System.Collections.Frozen;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Embedded.Clients;
using Footprint.Grid.Embedded.Metrics;
using Footprint.Grid.Embedded.Stores;
using Footprint.Grid.Embedded.Tenants;
using Footprint.Grid.Engine;
using Google.Rpc;
using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Embedded.Definitions;

/// <summary>Keeps what tenants define: checked, written, then published whole.</summary>
/// <remarks>
/// A change that the store did not confirm by the call's deadline is answered with <c>UNAVAILABLE</c>. It may then have
/// been made or not, which the version tells; to repeat it does no harm.
/// </remarks>
internal sealed partial class DefinitionsKeeper(
    TenantDirectory tenants,
    IGridStore store,
    QuarantineKeeper quarantine,
    TimeProvider time,
    EngineMetrics metrics,
    ILogger<DefinitionsKeeper> logger)
{
    private readonly DefinitionsLoader _loader = new(store, quarantine);
    private FrozenDictionary<string, DefinitionsWriter> _writers = FrozenDictionary<string, DefinitionsWriter>.Empty;

    public async Task LoadAsync(CancellationToken cancel)
    {
        foreach (TenantState tenant in tenants.All)
        {
            tenant.Definitions = await _loader.LoadAsync(tenant, cancel);
        }

        _writers = tenants.All.ToFrozenDictionary(
            t => t.Name,
            t => new DefinitionsWriter(t, store, _loader, time, metrics, logger),
            StringComparer.Ordinal);
    }

    public Task RunAsync(CancellationToken stop) => Task.WhenAll(_writers.Values.Select(w => w.RunAsync(stop)));

    private TenantDefinitions Current(CallContext call) => tenants.Get(call.Tenant).Definitions;

    private async Task<ulong> ChangeAsync(CallContext call, DefinitionsEdit change)
    {
        var edit = new WaitingEdit(change, call.Deadline);
        tenants.Get(call.Tenant);
        if (!_writers.TryGetValue(call.Tenant, out DefinitionsWriter? writer) || !writer.TryAdd(edit))
        {
            throw new GridException(Code.ResourceExhausted, "Too many changes of definitions wait already, or the node is shutting down.");
        }

        return await edit.WaitAsync(time, call.Cancelled);
    }
}
