using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Embedded.Clients;
using Footprint.Grid.Embedded.Stores;
using Footprint.Grid.Embedded.Tenants;

namespace Footprint.Grid.Embedded.Definitions;

/// <summary>Reads a tenant's definitions from the store and sets damaged rows aside.</summary>
internal sealed class DefinitionsLoader(IGridStore store, QuarantineKeeper quarantine)
{
    /// <exception cref="StoreException">The store cannot be read, or a damaged row cannot be set aside.</exception>
    public async Task<TenantDefinitions> LoadAsync(TenantState tenant, CancellationToken cancel)
    {
        var reader = new DefinitionsReader(tenant.Definitions);
        ulong version = await store.ReadDefinitionsAsync(tenant.Name, reader.Take, cancel);
        foreach ((DefinitionRow row, string reason) in reader.Damaged)
        {
            if (!await quarantine.KeepAsync(tenant.Name, "definition", $"{row.Kind} {row.Id}", reason, row.Data ?? [], cancel))
            {
                throw new StoreException($"The stored {row.Kind} '{row.Id}' is damaged and cannot be set aside.");
            }
        }

        return reader.Build(version);
    }
}
