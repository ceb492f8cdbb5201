using System.Collections.Concurrent;
using System.Globalization;
using Footprint.Grid.Api.Operations;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Rpc;

namespace Footprint.Grid.Api.Tests.Support;

/// <summary>Both ports over a dictionary. Notes every call with its tenant; tests can put their own handler in.</summary>
internal sealed class FakeEngine : IClientEngine, IDefinitionsEngine, IReportsEngine, IEngineHealth
{
    private readonly ConcurrentDictionary<(string Tenant, string Id), Item> _items = new();

    public ConcurrentQueue<(string Operation, CallContext Call)> Calls { get; } = new();

    public Func<RecordRequest, CallContext, ValueTask<RecordResponse>>? OnRecord { get; set; }

    public Func<PickContentRequest, CallContext, ValueTask<PickContentResponse>>? OnPick { get; set; }

    public AtOnceHandler? OnPickAtOnce { get; set; }

    /// <summary>Decisions, profiles, exports and consents as they were asked for.</summary>
    public ConcurrentQueue<IMessage> Requests { get; } = new();

    /// <summary>What is known of every client.</summary>
    public Profile Profile { get; } = new();

    public List<Consent> ConsentHistory { get; } = [];

    public int Released => _released;

    private int _released;

    public string? NotReady { get; set; }

    public ValueTask<RecordResponse> RecordAsync(RecordRequest request, CallContext call)
    {
        Note(call, "Record");
        return OnRecord is null ? ValueTask.FromResult(Accept(request)) : OnRecord(request, call);
    }

    public static RecordResponse Accept(RecordRequest request)
    {
        var response = new RecordResponse();
        foreach (var e in request.Events)
        {
            var status = request.Ack == RecordRequest.Types.Ack.Durable ? RecordResult.Types.Status.Durable : RecordResult.Types.Status.Applied;
            response.Results.Add(new RecordResult { EventId = e.EventId, Status = status });
        }

        return response;
    }

    public ValueTask<PickContentResponse> PickContentAsync(PickContentRequest request, CallContext call)
    {
        Note(call, "PickContent");
        Requests.Enqueue(request);
        return OnPick is null ? ValueTask.FromResult(new PickContentResponse { DecisionId = "d1", ProfileVersion = 12 }) : OnPick(request, call);
    }

    public ReadOnlySpan<byte> PickContentAtOnce(ReadOnlySpan<byte> request, CallContext call) => OnPickAtOnce is null ? [] : OnPickAtOnce(request, call);

    public void Release(PickContentResponse response) => Interlocked.Increment(ref _released);

    public ValueTask<TargetAdsResponse> TargetAdsAsync(TargetAdsRequest request, CallContext call)
    {
        Requests.Enqueue(request);
        return Answer<TargetAdsResponse>(call, "TargetAds");
    }

    public ValueTask<ReportOutcomesResponse> ReportOutcomesAsync(ReportOutcomesRequest request, CallContext call) =>
        Answer<ReportOutcomesResponse>(call, "ReportOutcomes");

    public ValueTask<Profile> GetProfileAsync(GetProfileRequest request, CallContext call)
    {
        Note(call, "GetProfile");
        Requests.Enqueue(request);
        var profile = Profile.Clone();
        profile.ClientId = profile.ClientId.Length > 0 ? profile.ClientId : request.ClientId;
        return ValueTask.FromResult(profile);
    }

    public ValueTask<UnlinkResponse> UnlinkAsync(UnlinkRequest request, CallContext call)
    {
        Requests.Enqueue(request);
        return Answer<UnlinkResponse>(call, "Unlink");
    }

    public ValueTask<LinkResponse> LinkAsync(LinkRequest request, CallContext call)
    {
        Note(call, "Link");
        return ValueTask.FromResult(new LinkResponse { ClientId = request.ClientId, Merged = request.AnonymousId.Length > 0 });
    }

    public ValueTask<SetConsentsResponse> SetConsentsAsync(SetConsentsRequest request, CallContext call)
    {
        Requests.Enqueue(request);
        return Answer<SetConsentsResponse>(call, "SetConsents");
    }

    public ValueTask<ConfirmInterestResponse> ConfirmInterestAsync(ConfirmInterestRequest request, CallContext call)
    {
        Requests.Enqueue(request);
        return Answer<ConfirmInterestResponse>(call, "ConfirmInterest");
    }

    public ValueTask<ExportResponse> ExportAsync(ExportRequest request, CallContext call)
    {
        Note(call, "Export");
        Requests.Enqueue(request);
        var export = new ExportResponse { Profile = Profile.Clone(), ConsentHistory = { ConsentHistory } };
        export.Profile.ClientId = export.Profile.ClientId.Length > 0 ? export.Profile.ClientId : request.ClientId;
        return ValueTask.FromResult(export);
    }

    public ValueTask<EraseResponse> EraseAsync(EraseRequest request, CallContext call) => Answer<EraseResponse>(call, "Erase");

    public ValueTask<UpsertItemsResponse> UpsertItemsAsync(UpsertItemsRequest request, CallContext call)
    {
        Note(call, "UpsertItems");
        foreach (var item in request.Items)
        {
            _items[(call.Tenant, item.ItemId)] = item;
        }

        return ValueTask.FromResult(new UpsertItemsResponse { Version = (ulong)_items.Count });
    }

    public ValueTask<Item> GetItemAsync(GetItemRequest request, CallContext call)
    {
        Note(call, "GetItem");
        return _items.TryGetValue((call.Tenant, request.ItemId), out var item)
            ? ValueTask.FromResult(item)
            : throw new GridException(Code.NotFound, "No such item.", [new Fault("itemId", "unknown")]);
    }

    public ValueTask<ListItemsResponse> ListItemsAsync(ListItemsRequest request, CallContext call)
    {
        Note(call, "ListItems");
        return ValueTask.FromResult(new ListItemsResponse { NextPageToken = request.PageSize.ToString(CultureInfo.InvariantCulture) + request.PageToken });
    }

    public ValueTask<DeleteItemResponse> DeleteItemAsync(DeleteItemRequest request, CallContext call) => Answer<DeleteItemResponse>(call, "DeleteItem");

    public ValueTask<UpsertCampaignsResponse> UpsertCampaignsAsync(UpsertCampaignsRequest request, CallContext call) =>
        Answer<UpsertCampaignsResponse>(call, "UpsertCampaigns");

    public ValueTask<Campaign> GetCampaignAsync(GetCampaignRequest request, CallContext call) => Answer<Campaign>(call, "GetCampaign");

    public ValueTask<ListCampaignsResponse> ListCampaignsAsync(ListCampaignsRequest request, CallContext call) =>
        Answer<ListCampaignsResponse>(call, "ListCampaigns");

    public ValueTask<DeleteCampaignResponse> DeleteCampaignAsync(DeleteCampaignRequest request, CallContext call) =>
        Answer<DeleteCampaignResponse>(call, "DeleteCampaign");

    public ValueTask<UpsertEventTypesResponse> UpsertEventTypesAsync(UpsertEventTypesRequest request, CallContext call) =>
        Answer<UpsertEventTypesResponse>(call, "UpsertEventTypes");

    public ValueTask<EventType> GetEventTypeAsync(GetEventTypeRequest request, CallContext call) => Answer<EventType>(call, "GetEventType");

    public ValueTask<ListEventTypesResponse> ListEventTypesAsync(ListEventTypesRequest request, CallContext call) =>
        Answer<ListEventTypesResponse>(call, "ListEventTypes");

    public ValueTask<DeleteEventTypeResponse> DeleteEventTypeAsync(DeleteEventTypeRequest request, CallContext call) =>
        Answer<DeleteEventTypeResponse>(call, "DeleteEventType");

    public ValueTask<UpsertPlacementsResponse> UpsertPlacementsAsync(UpsertPlacementsRequest request, CallContext call) =>
        Answer<UpsertPlacementsResponse>(call, "UpsertPlacements");

    public ValueTask<Placement> GetPlacementAsync(GetPlacementRequest request, CallContext call) => Answer<Placement>(call, "GetPlacement");

    public ValueTask<ListPlacementsResponse> ListPlacementsAsync(ListPlacementsRequest request, CallContext call) =>
        Answer<ListPlacementsResponse>(call, "ListPlacements");

    public ValueTask<ProbesReport> GetProbesAsync(GetProbesRequest request, CallContext call) => Answer<ProbesReport>(call, "GetProbes");

    public ValueTask<SegmentSizesReport> GetSegmentSizesAsync(GetSegmentSizesRequest request, CallContext call) => Answer<SegmentSizesReport>(call, "GetSegmentSizes");

    public ValueTask<UpsertProbesResponse> UpsertProbesAsync(UpsertProbesRequest request, CallContext call) => Answer<UpsertProbesResponse>(call, "UpsertProbes");

    public ValueTask<Probe> GetProbeAsync(GetProbeRequest request, CallContext call) => Answer<Probe>(call, "GetProbe");

    public ValueTask<ListProbesResponse> ListProbesAsync(ListProbesRequest request, CallContext call) => Answer<ListProbesResponse>(call, "ListProbes");

    public ValueTask<DeleteProbeResponse> DeleteProbeAsync(DeleteProbeRequest request, CallContext call) => Answer<DeleteProbeResponse>(call, "DeleteProbe");

    public ValueTask<DeletePlacementResponse> DeletePlacementAsync(DeletePlacementRequest request, CallContext call) =>
        Answer<DeletePlacementResponse>(call, "DeletePlacement");

    public ValueTask<UpsertSegmentsResponse> UpsertSegmentsAsync(UpsertSegmentsRequest request, CallContext call) =>
        Answer<UpsertSegmentsResponse>(call, "UpsertSegments");

    public ValueTask<Segment> GetSegmentAsync(GetSegmentRequest request, CallContext call) => Answer<Segment>(call, "GetSegment");

    public ValueTask<ListSegmentsResponse> ListSegmentsAsync(ListSegmentsRequest request, CallContext call) =>
        Answer<ListSegmentsResponse>(call, "ListSegments");

    public ValueTask<DeleteSegmentResponse> DeleteSegmentAsync(DeleteSegmentRequest request, CallContext call) =>
        Answer<DeleteSegmentResponse>(call, "DeleteSegment");

    private ValueTask<T> Answer<T>(CallContext call, string operation)
        where T : new()
    {
        Note(call, operation);
        return ValueTask.FromResult(new T());
    }

    private void Note(CallContext call, string operation) => Calls.Enqueue((operation, call));
}
