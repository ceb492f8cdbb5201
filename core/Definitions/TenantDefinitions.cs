using Footprint.Grid.Core.Campaigns;
using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Events;

namespace Footprint.Grid.Core.Definitions;

/// <summary>All that one tenant defined, as of one version; immutable. Each change makes the next version.</summary>
public sealed record TenantDefinitions(string Tenant, ConsentRegime Regime)
{
    public ulong Version { get; init; }

    public CatalogSnapshot Items { get; init; } = CatalogSnapshot.Empty;

    public CampaignSet Campaigns { get; init; } = CampaignSet.Empty;

    public EventTypeTable EventTypes { get; init; } = EventTypeTable.Default;
}
