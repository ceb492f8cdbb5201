using System.Collections.Frozen;
using Footprint.Grid.Core.Decisions;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Engine;
using Google.Rpc;

namespace Footprint.Grid.Embedded.Tenants;

/// <summary>The tenants that this process serves; fixed while it runs.</summary>
internal sealed class TenantDirectory(EmbeddedOptions options, IDecisionLog? log = null)
{
    private readonly FrozenDictionary<string, TenantState> _tenants = options.Tenants
        .ToFrozenDictionary(t => t.Key, t => new TenantState(TenantDefinitions.None(t.Key, t.Value), log), StringComparer.Ordinal);

    public IReadOnlyList<TenantState> All => _tenants.Values;

    public TenantState? Find(string tenant) => _tenants.GetValueOrDefault(tenant);

    /// <exception cref="GridException"><c>FAILED_PRECONDITION</c>: no such tenant.</exception>
    public TenantState Get(string tenant) =>
        _tenants.TryGetValue(tenant, out TenantState? state)
            ? state
            : throw new GridException(Code.FailedPrecondition, $"Tenant '{tenant}' is not set up on this node; it must choose its consent regime first.");
}
