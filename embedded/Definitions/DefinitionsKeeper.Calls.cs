using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;

namespace Footprint.Grid.Embedded.Definitions;

internal sealed partial class DefinitionsKeeper : IDefinitionsEngine
{
    public async ValueTask<UpsertItemsResponse> UpsertItemsAsync(UpsertItemsRequest request, CallContext call) =>
        new() { Version = await ChangeAsync(call, DefinitionsEdit.Of(request)) };

    public ValueTask<Item> GetItemAsync(GetItemRequest request, CallContext call) => new(Current(call).Item(request.ItemId));

    public ValueTask<ListItemsResponse> ListItemsAsync(ListItemsRequest request, CallContext call) => new(Current(call).List(request));

    public async ValueTask<DeleteItemResponse> DeleteItemAsync(DeleteItemRequest request, CallContext call) =>
        new() { Version = await ChangeAsync(call, DefinitionsEdit.Of(request)) };

    public async ValueTask<UpsertCampaignsResponse> UpsertCampaignsAsync(UpsertCampaignsRequest request, CallContext call) =>
        new() { Version = await ChangeAsync(call, DefinitionsEdit.Of(request)) };

    public ValueTask<Campaign> GetCampaignAsync(GetCampaignRequest request, CallContext call) => new(Current(call).Campaign(request.CampaignId));

    public ValueTask<ListCampaignsResponse> ListCampaignsAsync(ListCampaignsRequest request, CallContext call) => new(Current(call).List(request));

    public async ValueTask<DeleteCampaignResponse> DeleteCampaignAsync(DeleteCampaignRequest request, CallContext call) =>
        new() { Version = await ChangeAsync(call, DefinitionsEdit.Of(request)) };

    public async ValueTask<UpsertEventTypesResponse> UpsertEventTypesAsync(UpsertEventTypesRequest request, CallContext call) =>
        new() { Version = await ChangeAsync(call, DefinitionsEdit.Of(request)) };

    public ValueTask<EventType> GetEventTypeAsync(GetEventTypeRequest request, CallContext call) => new(Current(call).EventType(request.Type));

    public ValueTask<ListEventTypesResponse> ListEventTypesAsync(ListEventTypesRequest request, CallContext call) => new(Current(call).List(request));

    public async ValueTask<DeleteEventTypeResponse> DeleteEventTypeAsync(DeleteEventTypeRequest request, CallContext call) =>
        new() { Version = await ChangeAsync(call, DefinitionsEdit.Of(request)) };

    public async ValueTask<UpsertPlacementsResponse> UpsertPlacementsAsync(UpsertPlacementsRequest request, CallContext call) =>
        new() { Version = await ChangeAsync(call, DefinitionsEdit.Of(request)) };

    public ValueTask<Placement> GetPlacementAsync(GetPlacementRequest request, CallContext call) => new(Current(call).Placement(request.PlacementId));

    public ValueTask<ListPlacementsResponse> ListPlacementsAsync(ListPlacementsRequest request, CallContext call) => new(Current(call).List(request));

    public async ValueTask<DeletePlacementResponse> DeletePlacementAsync(DeletePlacementRequest request, CallContext call) =>
        new() { Version = await ChangeAsync(call, DefinitionsEdit.Of(request)) };

    public async ValueTask<UpsertSegmentsResponse> UpsertSegmentsAsync(UpsertSegmentsRequest request, CallContext call) =>
        new() { Version = await ChangeAsync(call, DefinitionsEdit.Of(request)) };

    public ValueTask<Segment> GetSegmentAsync(GetSegmentRequest request, CallContext call) => new(Current(call).Segment(request.SegmentId));

    public ValueTask<ListSegmentsResponse> ListSegmentsAsync(ListSegmentsRequest request, CallContext call) => new(Current(call).List(request));

    public async ValueTask<DeleteSegmentResponse> DeleteSegmentAsync(DeleteSegmentRequest request, CallContext call) =>
        new() { Version = await ChangeAsync(call, DefinitionsEdit.Of(request)) };

    public async ValueTask<UpsertProbesResponse> UpsertProbesAsync(UpsertProbesRequest request, CallContext call) =>
        new() { Version = await ChangeAsync(call, DefinitionsEdit.Of(request)) };

    public ValueTask<Probe> GetProbeAsync(GetProbeRequest request, CallContext call) => new(Current(call).Probe(request.ProbeId));

    public ValueTask<ListProbesResponse> ListProbesAsync(ListProbesRequest request, CallContext call) => new(Current(call).List(request));

    public async ValueTask<DeleteProbeResponse> DeleteProbeAsync(DeleteProbeRequest request, CallContext call) =>
        new() { Version = await ChangeAsync(call, DefinitionsEdit.Of(request)) };
}
