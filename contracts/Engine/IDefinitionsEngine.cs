using Footprint.Grid.V1;

namespace Footprint.Grid.Engine;

/// <summary>
/// Keeps what tenants define. A change is durable and seen by the next decision on this process when its call returns;
/// it throws <see cref="GridException"/> and changes nothing when any part of it is wrong.
/// </summary>
public interface IDefinitionsEngine
{
    ValueTask<UpsertItemsResponse> UpsertItemsAsync(UpsertItemsRequest request, CallContext call);

    ValueTask<Item> GetItemAsync(GetItemRequest request, CallContext call);

    ValueTask<ListItemsResponse> ListItemsAsync(ListItemsRequest request, CallContext call);

    ValueTask<DeleteItemResponse> DeleteItemAsync(DeleteItemRequest request, CallContext call);

    ValueTask<UpsertCampaignsResponse> UpsertCampaignsAsync(UpsertCampaignsRequest request, CallContext call);

    ValueTask<Campaign> GetCampaignAsync(GetCampaignRequest request, CallContext call);

    ValueTask<ListCampaignsResponse> ListCampaignsAsync(ListCampaignsRequest request, CallContext call);

    ValueTask<DeleteCampaignResponse> DeleteCampaignAsync(DeleteCampaignRequest request, CallContext call);

    ValueTask<UpsertEventTypesResponse> UpsertEventTypesAsync(UpsertEventTypesRequest request, CallContext call);

    ValueTask<EventType> GetEventTypeAsync(GetEventTypeRequest request, CallContext call);

    ValueTask<ListEventTypesResponse> ListEventTypesAsync(ListEventTypesRequest request, CallContext call);

    ValueTask<DeleteEventTypeResponse> DeleteEventTypeAsync(DeleteEventTypeRequest request, CallContext call);

    ValueTask<UpsertPlacementsResponse> UpsertPlacementsAsync(UpsertPlacementsRequest request, CallContext call);

    ValueTask<Placement> GetPlacementAsync(GetPlacementRequest request, CallContext call);

    ValueTask<ListPlacementsResponse> ListPlacementsAsync(ListPlacementsRequest request, CallContext call);

    ValueTask<DeletePlacementResponse> DeletePlacementAsync(DeletePlacementRequest request, CallContext call);

    ValueTask<UpsertSegmentsResponse> UpsertSegmentsAsync(UpsertSegmentsRequest request, CallContext call);

    ValueTask<Segment> GetSegmentAsync(GetSegmentRequest request, CallContext call);

    ValueTask<ListSegmentsResponse> ListSegmentsAsync(ListSegmentsRequest request, CallContext call);

    ValueTask<DeleteSegmentResponse> DeleteSegmentAsync(DeleteSegmentRequest request, CallContext call);

    ValueTask<UpsertProbesResponse> UpsertProbesAsync(UpsertProbesRequest request, CallContext call);

    ValueTask<Probe> GetProbeAsync(GetProbeRequest request, CallContext call);

    ValueTask<ListProbesResponse> ListProbesAsync(ListProbesRequest request, CallContext call);

    ValueTask<DeleteProbeResponse> DeleteProbeAsync(DeleteProbeRequest request, CallContext call);
}
