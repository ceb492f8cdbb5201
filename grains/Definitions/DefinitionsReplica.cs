using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Grains.Storage;
using Footprint.Grid.Grains.Tenants;

namespace Footprint.Grid.Grains.Definitions;

/// <summary>
/// One tenant's definitions on this silo. The grain that owns them, when it lives here, publishes its own snapshot, so a
/// catalog is in memory once. All snapshots of a silo are of one line, which one maker at a time continues.
/// </summary>
internal sealed class DefinitionsReplica(TenantSnapshot tenant, DefinitionsStore store) : IDisposable
{
    private readonly SemaphoreSlim _reading = new(1);

    public string Tenant => tenant.Name;

    public bool IsLoaded => tenant.IsLoaded;

    public TenantDefinitions Current => tenant.Definitions;

    /// <summary>Held while a snapshot is made of another: the names in a catalog have one writer.</summary>
    public Lock Line { get; } = new();

    /// <summary>Replaces what decisions read, unless that is as new.</summary>
    public void Publish(TenantDefinitions definitions)
    {
        lock (Line)
        {
            if (!tenant.IsLoaded || definitions.Version > Current.Version)
            {
                tenant.Publish(definitions);
            }
        }
    }

    /// <summary>Takes up a version that is older than the current one: the store was put back.</summary>
    public void PutBack(TenantDefinitions definitions)
    {
        lock (Line)
        {
            tenant.Publish(definitions);
        }
    }

    public TenantDefinitions Follow(TenantDefinitions start, IReadOnlyList<DefinitionRow> rows, ulong version)
    {
        lock (Line)
        {
            return DefinitionsReader.Follow(start, rows, version);
        }
    }

    /// <summary>
    /// Reads everything, unless the store is at the version that is here. What is written meanwhile may be in the snapshot
    /// or not: it is that of its own version only together with all changes up to <c>Through</c>.
    /// </summary>
    /// <param name="keepDamaged">Takes rows that cannot be read, before anybody overwrites them; null to leave that to others.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public async Task<(TenantDefinitions Definitions, ulong Through)> ReadAsync(
        Func<DefinitionRow, string, Task>? keepDamaged, CancellationToken cancel)
    {
        await _reading.WaitAsync(cancel);
        try
        {
            ulong version = await store.ReadVersionAsync(Tenant, cancel);
            if (IsLoaded && Current.Version == version)
            {
                return (Current, version);
            }

            var reader = new DefinitionsReader(Current);
            await store.ReadAsync(
                Tenant,
                rows =>
                {
                    lock (Line)
                    {
                        reader.Take(rows);
                    }
                },
                cancel);
            ulong through = await store.ReadVersionAsync(Tenant, cancel);
            if (keepDamaged is not null)
            {
                foreach ((DefinitionRow row, string reason) in reader.Damaged)
                {
                    await keepDamaged(row, reason);
                }
            }

            lock (Line)
            {
                return (reader.Build(version), through);
            }
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();
}
