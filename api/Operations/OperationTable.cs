using System.Collections.Frozen;
using Footprint.Grid.Api.Auth;
using Footprint.Grid.Api.Health;
using Footprint.Grid.Api.My;
using Footprint.Grid.Api.Reasons;
using Footprint.Grid.Api.Reflection;
using Footprint.Grid.Engine;
using Footprint.Grid.Health.V1;
using Footprint.Grid.Reflection.V1;
using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Footprint.Grid.Api.Operations;

/// <summary>Every operation there is, declared once. Built, it is complete: each method of each service, each route once.</summary>
public sealed class OperationTable
{
    /// <summary>The services whose methods need the engine.</summary>
    public static IReadOnlyList<ServiceDescriptor> EngineServices { get; } =
    [
        .. IngestReflection.Descriptor.Services,
        .. DecisionsReflection.Descriptor.Services,
        .. ProfilesReflection.Descriptor.Services,
        .. DefinitionsReflection.Descriptor.Services,
        .. ReportsReflection.Descriptor.Services,
    ];

    /// <summary>Health and reflection, which answer as long as the process does.</summary>
    public static IReadOnlyList<ServiceDescriptor> OwnServices { get; } =
    [
        .. HealthReflection.Descriptor.Services,
        .. ReflectionReflection.Descriptor.Services,
    ];

    private readonly List<Operation> _all = [];
    private readonly FrozenDictionary<string, Operation> _byPath;

    internal OperationTable(IClientEngine clients, IDefinitionsEngine definitions, IReportsEngine reports, MyLinks links, ServingState serving, TimeProvider time)
    {
        AddIngest(clients);
        AddDecisions(clients);
        AddProfiles(clients, links);
        AddDefinitions(definitions);
        AddProbes(definitions);
        Add<GetProbesRequest, ProbesReport>("Reports.GetProbes", Access.Needs(Scope.Report), reports.GetProbesAsync, new("GET", "/v1/reports/probes"));
        Add<GetSegmentSizesRequest, SegmentSizesReport>("Reports.GetSegmentSizes", Access.Needs(Scope.Report), reports.GetSegmentSizesAsync, new("GET", "/v1/reports/segments"));
        AddOwn(serving, time);
        CheckComplete();
        _byPath = _all.ToFrozenDictionary(operation => operation.Path, StringComparer.Ordinal);
    }

    public IReadOnlyList<Operation> All => _all;

    public IReadOnlyList<ServiceDescriptor> Services { get; } = [.. EngineServices, .. OwnServices];

    public Operation? Find(string grpcPath) => _byPath.GetValueOrDefault(grpcPath);

    private void AddIngest(IClientEngine engine)
    {
        var access = Access.Needs(Scope.Ingest);
        Add<RecordRequest, RecordResponse>("Ingest.Record", access, engine.RecordAsync, new("POST", "/v1/events"));
        _all.Add(new DuplexOperation<StreamRequest, StreamResponse>(
            Method("Ingest.Stream"), access, new StreamAdapter(engine).RecordAsync, new StreamRequestPool()));
    }

    private void AddDecisions(IClientEngine engine)
    {
        var access = Access.Needs(Scope.Decide);
        var words = new ReasonWords(engine);
        Add<PickContentRequest, PickContentResponse>(
            "Decisions.PickContent", access, words.PickContentAsync, new("POST", "/v1/decisions/content"), engine.Release, engine.PickContentAtOnce);
        Add<TargetAdsRequest, TargetAdsResponse>("Decisions.TargetAds", access, words.TargetAdsAsync, new("POST", "/v1/decisions/ads"));
        Add<ReportOutcomesRequest, ReportOutcomesResponse>(
            "Decisions.ReportOutcomes", Access.Needs(Scope.Ingest), engine.ReportOutcomesAsync, new("POST", "/v1/outcomes"));
    }

    private void AddProfiles(IClientEngine engine, MyLinks links)
    {
        var read = Access.Needs(Scope.ProfileRead);
        var write = Access.Needs(Scope.ProfileWrite);
        const string client = "/v1/clients/{clientId}";
        string[] handed = ["recipient", "purpose"];
        Add<GetProfileRequest, Profile>("Profiles.GetProfile", read, engine.GetProfileAsync, new("GET", client, handed));
        Add<LinkRequest, LinkResponse>("Profiles.Link", write, engine.LinkAsync, new("POST", client + "/link"));
        Add<UnlinkRequest, UnlinkResponse>("Profiles.Unlink", write, engine.UnlinkAsync, new("POST", client + "/unlink"));
        Add<SetConsentsRequest, SetConsentsResponse>("Profiles.SetConsents", write, engine.SetConsentsAsync, new("PUT", client + "/consents"));
        Add<ConfirmInterestRequest, ConfirmInterestResponse>(
            "Profiles.ConfirmInterest", write, engine.ConfirmInterestAsync, new("POST", client + "/interests"));
        Add<ExportRequest, ExportResponse>("Profiles.Export", read, engine.ExportAsync, new("GET", client + "/export", handed));
        Add<EraseRequest, EraseResponse>("Profiles.Erase", write, engine.EraseAsync, new("DELETE", client));
        Add<CreateMyLinkRequest, CreateMyLinkResponse>("Profiles.CreateMyLink", write, links.CreateAsync, new("POST", client + "/my-link"));
    }

    private void AddDefinitions(IDefinitionsEngine engine)
    {
        var access = Access.Needs(Scope.Define);
        string[] page = ["pageSize", "pageToken"];
        const string items = "/v1/items", campaigns = "/v1/campaigns", types = "/v1/event-types", placements = "/v1/placements", segments = "/v1/segments";
        Add<UpsertItemsRequest, UpsertItemsResponse>("Definitions.UpsertItems", access, engine.UpsertItemsAsync, new("PUT", items));
        Add<GetItemRequest, Item>("Definitions.GetItem", access, engine.GetItemAsync, new("GET", items + "/{itemId}"));
        Add<ListItemsRequest, ListItemsResponse>("Definitions.ListItems", access, engine.ListItemsAsync, new("GET", items, page));
        Add<DeleteItemRequest, DeleteItemResponse>("Definitions.DeleteItem", access, engine.DeleteItemAsync, new("DELETE", items + "/{itemId}"));
        Add<UpsertCampaignsRequest, UpsertCampaignsResponse>(
            "Definitions.UpsertCampaigns", access, engine.UpsertCampaignsAsync, new("PUT", campaigns));
        Add<GetCampaignRequest, Campaign>("Definitions.GetCampaign", access, engine.GetCampaignAsync, new("GET", campaigns + "/{campaignId}"));
        Add<ListCampaignsRequest, ListCampaignsResponse>(
            "Definitions.ListCampaigns", access, engine.ListCampaignsAsync, new("GET", campaigns, page));
        Add<DeleteCampaignRequest, DeleteCampaignResponse>(
            "Definitions.DeleteCampaign", access, engine.DeleteCampaignAsync, new("DELETE", campaigns + "/{campaignId}"));
        Add<UpsertEventTypesRequest, UpsertEventTypesResponse>(
            "Definitions.UpsertEventTypes", access, engine.UpsertEventTypesAsync, new("PUT", types));
        Add<GetEventTypeRequest, EventType>("Definitions.GetEventType", access, engine.GetEventTypeAsync, new("GET", types + "/{type}"));
        Add<ListEventTypesRequest, ListEventTypesResponse>(
            "Definitions.ListEventTypes", access, engine.ListEventTypesAsync, new("GET", types, page));
        Add<DeleteEventTypeRequest, DeleteEventTypeResponse>(
            "Definitions.DeleteEventType", access, engine.DeleteEventTypeAsync, new("DELETE", types + "/{type}"));
        Add<UpsertPlacementsRequest, UpsertPlacementsResponse>(
            "Definitions.UpsertPlacements", access, engine.UpsertPlacementsAsync, new("PUT", placements));
        Add<GetPlacementRequest, Placement>(
            "Definitions.GetPlacement", access, engine.GetPlacementAsync, new("GET", placements + "/{placementId}"));
        Add<ListPlacementsRequest, ListPlacementsResponse>(
            "Definitions.ListPlacements", access, engine.ListPlacementsAsync, new("GET", placements, page));
        Add<DeletePlacementRequest, DeletePlacementResponse>(
            "Definitions.DeletePlacement", access, engine.DeletePlacementAsync, new("DELETE", placements + "/{placementId}"));
        Add<UpsertSegmentsRequest, UpsertSegmentsResponse>(
            "Definitions.UpsertSegments", access, engine.UpsertSegmentsAsync, new("PUT", segments));
        Add<GetSegmentRequest, Segment>(
            "Definitions.GetSegment", access, engine.GetSegmentAsync, new("GET", segments + "/{segmentId}"));
        Add<ListSegmentsRequest, ListSegmentsResponse>(
            "Definitions.ListSegments", access, engine.ListSegmentsAsync, new("GET", segments, page));
        Add<DeleteSegmentRequest, DeleteSegmentResponse>(
            "Definitions.DeleteSegment", access, engine.DeleteSegmentAsync, new("DELETE", segments + "/{segmentId}"));
    }

    private void AddProbes(IDefinitionsEngine engine)
    {
        var access = Access.Needs(Scope.Define);
        const string probes = "/v1/probes", probe = probes + "/{probeId}";
        Add<UpsertProbesRequest, UpsertProbesResponse>("Definitions.UpsertProbes", access, engine.UpsertProbesAsync, new("PUT", probes));
        Add<GetProbeRequest, Probe>("Definitions.GetProbe", access, engine.GetProbeAsync, new("GET", probe));
        Add<ListProbesRequest, ListProbesResponse>(
            "Definitions.ListProbes", access, engine.ListProbesAsync, new("GET", probes, ["pageSize", "pageToken"]));
        Add<DeleteProbeRequest, DeleteProbeResponse>("Definitions.DeleteProbe", access, engine.DeleteProbeAsync, new("DELETE", probe));
    }

    private void AddOwn(ServingState serving, TimeProvider time)
    {
        var health = new HealthService(
            serving, [.. EngineServices.Select(s => s.FullName)], [.. OwnServices.Select(s => s.FullName)], time);
        Add<HealthCheckRequest, HealthCheckResponse>("Health.Check", Access.Anonymous, health.CheckAsync);
        _all.Add(new ServerStreamingOperation<HealthCheckRequest, HealthCheckResponse>(
            Method("Health.Watch"), Access.Anonymous, (request, call) => health.WatchAsync(request, call)));
        _all.Add(new DuplexOperation<ServerReflectionRequest, ServerReflectionResponse>(
            Method("ServerReflection.ServerReflectionInfo"), Access.AnyKey, new ReflectionService(Services).AnswerAsync));
    }

    private void Add<TRequest, TResponse>(
        string name,
        Access access,
        Func<TRequest, CallContext, ValueTask<TResponse>> handler,
        HttpBinding? http = null,
        Action<TResponse>? release = null,
        AtOnceHandler? atOnce = null)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        _all.Add(new UnaryOperation<TRequest, TResponse>(Method(name), access, handler, http, release, atOnce));

    private static MethodDescriptor Method(string name)
    {
        var parts = name.Split('.');
        var service = EngineServices.Concat(OwnServices).Single(s => s.Name == parts[0]);
        return service.FindMethodByName(parts[1]) ?? throw new ArgumentException($"{service.FullName} has no method {parts[1]}.");
    }

    private void CheckComplete()
    {
        var declared = Services.SelectMany(service => service.Methods).Select(method => method.FullName);
        var missing = declared.Except(_all.Select(operation => operation.Method.FullName)).ToList();
        var doubled = _all.Where(o => o.Http is not null)
            .GroupBy(o => $"{o.Http!.Verb} {o.Http.Route}").Where(group => group.Count() > 1).Select(group => group.Key).ToList();
        if (missing.Count > 0 || doubled.Count > 0)
        {
            throw new InvalidOperationException($"Methods without an operation: [{string.Join(", ", missing)}]; routes used twice: [{string.Join(", ", doubled)}].");
        }
    }
}
