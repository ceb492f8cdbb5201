using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Engine;
using Footprint.Grid.V1;
using Google.Protobuf;

namespace Footprint.Grid.Grains.Definitions;

/// <summary>Takes calls about definitions to the tenant's grain. Reads are asked again while their deadline lasts, changes are not.</summary>
internal sealed class DefinitionsEngine(IGrainFactory grains, TimeProvider time) : IDefinitionsEngine
{
    public ValueTask<UpsertItemsResponse> UpsertItemsAsync(UpsertItemsRequest request, CallContext call) =>
        CallAsync(DefinitionsOperation.UpsertItems, request, UpsertItemsResponse.Parser, call);

    public ValueTask<Item> GetItemAsync(GetItemRequest request, CallContext call) =>
        CallAsync(DefinitionsOperation.GetItem, request, Item.Parser, call);

    public ValueTask<ListItemsResponse> ListItemsAsync(ListItemsRequest request, CallContext call) =>
        CallAsync(DefinitionsOperation.ListItems, request, ListItemsResponse.Parser, call);

    public ValueTask<DeleteItemResponse> DeleteItemAsync(DeleteItemRequest request, CallContext call) =>
        CallAsync(DefinitionsOperation.DeleteItem, request, DeleteItemResponse.Parser, call);

    public ValueTask<UpsertCampaignsResponse> UpsertCampaignsAsync(UpsertCampaignsRequest request, CallContext call) =>
        CallAsync(DefinitionsOperation.UpsertCampaigns, request, UpsertCampaignsResponse.Parser, call);

    public ValueTask<Campaign> GetCampaignAsync(GetCampaignRequest request, CallContext call) =>
        CallAsync(DefinitionsOperation.GetCampaign, request, Campaign.Parser, call);

    public ValueTask<ListCampaignsResponse> ListCampaignsAsync(ListCampaignsRequest request, CallContext call) =>
        CallAsync(DefinitionsOperation.ListCampaigns, request, ListCampaignsResponse.Parser, call);

    public ValueTask<DeleteCampaignResponse> DeleteCampaignAsync(DeleteCampaignRequest request, CallContext call) =>
        CallAsync(DefinitionsOperation.DeleteCampaign, request, DeleteCampaignResponse.Parser, call);

    public ValueTask<UpsertEventTypesResponse> UpsertEventTypesAsync(UpsertEventTypesRequest request, CallContext call) =>
        CallAsync(DefinitionsOperation.UpsertEventTypes, request, UpsertEventTypesResponse.Parser, call);

    public ValueTask<EventType> GetEventTypeAsync(GetEventTypeRequest request, CallContext call) =>
        CallAsync(DefinitionsOperation.GetEventType, request, EventType.Parser, call);

    public ValueTask<ListEventTypesResponse> ListEventTypesAsync(ListEventTypesRequest request, CallContext call) =>
        CallAsync(DefinitionsOperation.ListEventTypes, request, ListEventTypesResponse.Parser, call);

    public ValueTask<DeleteEventTypeResponse> DeleteEventTypeAsync(DeleteEventTypeRequest request, CallContext call) =>
        CallAsync(DefinitionsOperation.DeleteEventType, request, DeleteEventTypeResponse.Parser, call);

    public ValueTask<UpsertPlacementsResponse> UpsertPlacementsAsync(UpsertPlacementsRequest request, CallContext call) =>
        CallAsync(DefinitionsOperation.UpsertPlacements, request, UpsertPlacementsResponse.Parser, call);

    public ValueTask<Placement> GetPlacementAsync(GetPlacementRequest request, CallContext call) =>
        CallAsync(DefinitionsOperation.GetPlacement, request, Placement.Parser, call);

    public ValueTask<ListPlacementsResponse> ListPlacementsAsync(ListPlacementsRequest request, CallContext call) =>
        CallAsync(DefinitionsOperation.ListPlacements, request, ListPlacementsResponse.Parser, call);

    public ValueTask<DeletePlacementResponse> DeletePlacementAsync(DeletePlacementRequest request, CallContext call) =>
        CallAsync(DefinitionsOperation.DeletePlacement, request, DeletePlacementResponse.Parser, call);

    public ValueTask<UpsertSegmentsResponse> UpsertSegmentsAsync(UpsertSegmentsRequest request, CallContext call) =>
        CallAsync(DefinitionsOperation.UpsertSegments, request, UpsertSegmentsResponse.Parser, call);

    public ValueTask<Segment> GetSegmentAsync(GetSegmentRequest request, CallContext call) =>
        CallAsync(DefinitionsOperation.GetSegment, request, Segment.Parser, call);

    public ValueTask<ListSegmentsResponse> ListSegmentsAsync(ListSegmentsRequest request, CallContext call) =>
        CallAsync(DefinitionsOperation.ListSegments, request, ListSegmentsResponse.Parser, call);

    public ValueTask<DeleteSegmentResponse> DeleteSegmentAsync(DeleteSegmentRequest request, CallContext call) =>
        CallAsync(DefinitionsOperation.DeleteSegment, request, DeleteSegmentResponse.Parser, call);

    public ValueTask<UpsertProbesResponse> UpsertProbesAsync(UpsertProbesRequest request, CallContext call) =>
        CallAsync(DefinitionsOperation.UpsertProbes, request, UpsertProbesResponse.Parser, call);

    public ValueTask<Probe> GetProbeAsync(GetProbeRequest request, CallContext call) =>
        CallAsync(DefinitionsOperation.GetProbe, request, Probe.Parser, call);

    public ValueTask<ListProbesResponse> ListProbesAsync(ListProbesRequest request, CallContext call) =>
        CallAsync(DefinitionsOperation.ListProbes, request, ListProbesResponse.Parser, call);

    public ValueTask<DeleteProbeResponse> DeleteProbeAsync(DeleteProbeRequest request, CallContext call) =>
        CallAsync(DefinitionsOperation.DeleteProbe, request, DeleteProbeResponse.Parser, call);

    private static bool IsRead(DefinitionsOperation operation) => operation
        is DefinitionsOperation.GetItem or DefinitionsOperation.ListItems
        or DefinitionsOperation.GetCampaign or DefinitionsOperation.ListCampaigns
        or DefinitionsOperation.GetEventType or DefinitionsOperation.ListEventTypes
        or DefinitionsOperation.GetPlacement or DefinitionsOperation.ListPlacements
        or DefinitionsOperation.GetSegment or DefinitionsOperation.ListSegments
        or DefinitionsOperation.GetProbe or DefinitionsOperation.ListProbes;

    private async ValueTask<T> CallAsync<T>(DefinitionsOperation operation, IMessage request, MessageParser<T> parser, CallContext call)
        where T : IMessage<T>
    {
        IDefinitionsGrain grain = grains.GetGrain<IDefinitionsGrain>(call.Tenant);
        return parser.ParseFrom((await TenantCall.AskAsync(grain.CallAsync, (byte)operation, request, IsRead(operation), time, call)).Span);
    }
}
