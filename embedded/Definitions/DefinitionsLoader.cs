using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Embedded.Clients;
using Footprint.Grid.Embedded.Stores;
using Footprint.Grid.Embedded.Tenants;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Rpc;

namespace Footprint.Grid.Embedded.Definitions;

/// <summary>Builds a tenant's definitions from their stored rows.</summary>
internal sealed class DefinitionsLoader(IGridStore store, QuarantineKeeper quarantine)
{
    /// <summary>A snapshot costs by what changes, and something fixed; this many items at a time make the fixed part small.</summary>
    private const int ItemsAtOnce = 50_000;

    /// <exception cref="StoreException">The store cannot be read, or a damaged row cannot be set aside.</exception>
    public async Task<TenantDefinitions> LoadAsync(TenantState tenant, CancellationToken cancel)
    {
        TenantDefinitions definitions = new(tenant.Name, tenant.Definitions.Regime);
        var items = new List<Item>();
        var damaged = new List<(DefinitionRow Row, string Reason)>();
        ulong version = await store.ReadDefinitionsAsync(
            tenant.Name,
            rows =>
            {
                foreach (DefinitionRow row in rows)
                {
                    try
                    {
                        definitions = Add(definitions, row, items);
                    }
                    catch (Exception e) when (e is InvalidProtocolBufferException or IndexOutOfRangeException or GridException)
                    {
                        damaged.Add((row, e.Message));
                    }
                }
            },
            cancel);
        foreach ((DefinitionRow row, string reason) in damaged)
        {
            if (!await quarantine.KeepAsync(tenant.Name, "definition", $"{row.Kind} {row.Id}", reason, row.Data ?? [], cancel))
            {
                throw new StoreException($"The stored {row.Kind} '{row.Id}' is damaged and cannot be set aside.");
            }
        }

        return definitions with { Items = definitions.Items.With(items), Version = version };
    }

    private static TenantDefinitions Add(TenantDefinitions definitions, DefinitionRow row, List<Item> items)
    {
        switch (row.Kind)
        {
            case DefinitionKind.Item:
                items.Add(Item.Parser.ParseFrom(row.Data));
                if (items.Count < ItemsAtOnce)
                {
                    return definitions;
                }

                definitions = definitions with { Items = definitions.Items.With(items) };
                items.Clear();
                return definitions;
            case DefinitionKind.Campaign:
                return definitions with { Campaigns = definitions.Campaigns.With([Campaign.Parser.ParseFrom(row.Data)]) };
            case DefinitionKind.EventType:
                return definitions with { EventTypes = definitions.EventTypes.With([EventType.Parser.ParseFrom(row.Data)]) };
            default:
                throw new GridException(Code.DataLoss, $"Definitions of kind {(int)row.Kind} are not known.");
        }
    }
}
