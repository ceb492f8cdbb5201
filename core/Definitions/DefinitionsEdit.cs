using Footprint.Grid.V1;
using Google.Protobuf;

namespace Footprint.Grid.Core.Definitions;

/// <summary>One caller's change of definitions, checked as far as it can be without knowing them.</summary>
public sealed class DefinitionsEdit
{
    private DefinitionsEdit(IReadOnlyList<DefinitionRow> rows, IReadOnlyList<Item> items, Func<TenantDefinitions, TenantDefinitions>? apply) =>
        (Rows, Items, Apply) = (rows, items, apply);

    /// <summary>What it writes.</summary>
    public IReadOnlyList<DefinitionRow> Rows { get; }

    /// <summary>Items that it puts; a change of items alone is put together with other callers'.</summary>
    internal IReadOnlyList<Item> Items { get; }

    /// <summary>Makes the next snapshot of the one before; null when it only puts items.</summary>
    internal Func<TenantDefinitions, TenantDefinitions>? Apply { get; }

    /// <exception cref="Engine.GridException">Every fault of the request.</exception>
    public static DefinitionsEdit Of(UpsertItemsRequest request)
    {
        DefinitionsValidator.Check(request);
        return new DefinitionsEdit([.. request.Items.Select(i => DefinitionRow.Of(DefinitionKind.Item, i.ItemId, i))], request.Items, null);
    }

    /// <exception cref="Engine.GridException">Every fault of the request.</exception>
    public static DefinitionsEdit Of(UpsertCampaignsRequest request)
    {
        DefinitionsValidator.Check(request);
        return Upsert(DefinitionKind.Campaign, request.Campaigns, r => r.CampaignId, d => d with { Campaigns = d.Campaigns.With(request.Campaigns) });
    }

    /// <exception cref="Engine.GridException">Every fault of the request.</exception>
    public static DefinitionsEdit Of(UpsertEventTypesRequest request)
    {
        DefinitionsValidator.Check(request);
        return Upsert(DefinitionKind.EventType, request.EventTypes, r => r.Type, d => d with { EventTypes = d.EventTypes.With(request.EventTypes) });
    }

    /// <exception cref="Engine.GridException">Every fault of the request.</exception>
    public static DefinitionsEdit Of(UpsertPlacementsRequest request)
    {
        DefinitionsValidator.Check(request);
        return Upsert(DefinitionKind.Placement, request.Placements, r => r.PlacementId, d => d with { Placements = d.Placements.With(request.Placements) });
    }

    /// <exception cref="Engine.GridException">Every fault of the request.</exception>
    public static DefinitionsEdit Of(UpsertSegmentsRequest request)
    {
        DefinitionsValidator.Check(request);
        return Upsert(DefinitionKind.Segment, request.Segments, r => r.SegmentId, d => d with { Segments = d.Segments.With(request.Segments) });
    }

    /// <exception cref="Engine.GridException">Every fault of the request.</exception>
    public static DefinitionsEdit Of(UpsertProbesRequest request)
    {
        DefinitionsValidator.Check(request);
        return Upsert(DefinitionKind.Probe, request.Probes, r => r.ProbeId, d => d with { Probes = d.Probes.With(request.Probes) });
    }

    public static DefinitionsEdit Of(DeleteItemRequest request) => Delete(
        DefinitionKind.Item, request.ItemId, d => d with { Items = d.Items.Without(d.Item(request.ItemId).ItemId) });

    public static DefinitionsEdit Of(DeleteCampaignRequest request) => Delete(
        DefinitionKind.Campaign, request.CampaignId, d => d with { Campaigns = d.Campaigns.Without(d.Campaign(request.CampaignId).CampaignId) });

    public static DefinitionsEdit Of(DeleteEventTypeRequest request) => Delete(
        DefinitionKind.EventType, request.Type, d => d with { EventTypes = d.EventTypes.Without(d.EventType(request.Type).Type) });

    public static DefinitionsEdit Of(DeletePlacementRequest request) => Delete(
        DefinitionKind.Placement, request.PlacementId, d => d with { Placements = d.Placements.Without(d.Placement(request.PlacementId).PlacementId) });

    public static DefinitionsEdit Of(DeleteSegmentRequest request) => Delete(
        DefinitionKind.Segment, request.SegmentId, d => d with { Segments = d.Segments.Without(d.Segment(request.SegmentId).SegmentId) });

    public static DefinitionsEdit Of(DeleteProbeRequest request) => Delete(
        DefinitionKind.Probe, request.ProbeId, d => d with { Probes = d.Probes.Without(d.Probe(request.ProbeId).ProbeId) });

    private static DefinitionsEdit Upsert<T>(
        DefinitionKind kind, IEnumerable<T> rows, Func<T, string> id, Func<TenantDefinitions, TenantDefinitions> apply)
        where T : IMessage => new([.. rows.Select(r => DefinitionRow.Of(kind, id(r), r))], [], apply);

    private static DefinitionsEdit Delete(DefinitionKind kind, string id, Func<TenantDefinitions, TenantDefinitions> apply) =>
        new([new DefinitionRow(kind, id, null)], [], apply);
}
