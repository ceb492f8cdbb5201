using System.Collections.Frozen;
using Footprint.Grid.Core.Decisions;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Engine;
using Google.Rpc;

namespace Footprint.Grid.Grains.Tenants;

/// <summary>The tenants that this silo serves, fixed while it runs, and what it has at hand of each.</summary>
internal sealed class TenantSnapshots(FootprintGrainsOptions options, IDecisionLog? log = null)
{
    private readonly FrozenDictionary<string, TenantSnapshot> _tenants = options.Tenants
        .ToFrozenDictionary(t => t.Key, t => new TenantSnapshot(TenantDefinitions.None(t.Key, t.Value)) { Log = log }, StringComparer.Ordinal);

    public IReadOnlyList<TenantSnapshot> All => _tenants.Values;

    /// <summary>Why not all tenants can be served yet; null when they can.</summary>
    public string? NotLoaded
    {
        get
        {
            foreach (TenantSnapshot tenant in _tenants.Values)
            {
                if (!tenant.IsLoaded)
                {
                    return $"The definitions of tenant '{tenant.Name}' have not been read yet.";
                }
            }

            return null;
        }
    }

    /// <summary>The tenant whether its definitions are there or not; null when there is none of that name.</summary>
    public TenantSnapshot? Find(string tenant) => _tenants.GetValueOrDefault(tenant);

    /// <exception cref="GridException"><c>FAILED_PRECONDITION</c>: no such tenant; <c>UNAVAILABLE</c>: its definitions have not been read yet.</exception>
    public TenantSnapshot Get(string tenant)
    {
        if (!_tenants.TryGetValue(tenant, out TenantSnapshot? snapshot))
        {
            throw new GridException(Code.FailedPrecondition, $"Tenant '{tenant}' is not set up on this grid; it must choose its consent regime first.");
        }

        return snapshot.IsLoaded
            ? snapshot
            : throw new GridException(Code.Unavailable, $"The definitions of tenant '{tenant}' have not been read yet.");
    }
}
