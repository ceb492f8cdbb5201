using System.Collections.Frozen;
using Footprint.Grid.Grains.Tenants;

namespace Footprint.Grid.Grains.Definitions;

/// <summary>The definitions of all tenants on this silo.</summary>
internal sealed class DefinitionsReplicas(TenantSnapshots tenants, DefinitionsStore store) : IDisposable
{
    private readonly FrozenDictionary<string, DefinitionsReplica> _replicas = tenants.All
        .ToFrozenDictionary(t => t.Name, t => new DefinitionsReplica(t, store), StringComparer.Ordinal);

    public IReadOnlyList<DefinitionsReplica> All => _replicas.Values;

    public DefinitionsReplica? Find(string tenant) => _replicas.GetValueOrDefault(tenant);

    public void Dispose()
    {
        foreach (DefinitionsReplica replica in _replicas.Values)
        {
            replica.Dispose();
        }
    }
}
