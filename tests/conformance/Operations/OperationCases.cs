using Footprint.Grid.Health.V1;
using Footprint.Grid.Reflection.V1;
using Footprint.Grid.V1;
using Google.Protobuf.WellKnownTypes;
using Kind = Footprint.Grid.V1.Disclosure.Types.Kind;

namespace Footprint.Grid.Conformance.Operations;

/// <summary>
/// Every operation there is, classified by hand: whoever adds one says here whether its answer discloses something of a client
/// to a recipient, and how it is called. The walks fail for an operation that is missing.
/// </summary>
internal static class OperationCases
{
    public const string Item = "walked-item";
    public const string Campaign = "walked-campaign";
    public const string EventType = "walked-type";
    public const string Segment = "walked-segment";
    public const string Placement = "walked-placement";
    public const string Probe = "walked-probe";

    private static readonly IReadOnlyDictionary<string, OperationCase> _all = new Dictionary<string, OperationCase>
    {
        ["Ingest.Record"] = new(client => new RecordRequest { Events = { Event(client) } }),
        ["Ingest.Stream"] = new(client => new StreamRequest { Events = { Event(client) } }),

        ["Decisions.PickContent"] = new(client => new PickContentRequest { ClientId = client, Placement = Placement }, Kind.ContentPicks),
        ["Decisions.TargetAds"] = new(client => new TargetAdsRequest { ClientId = client, Placement = Placement, Explain = true }, Kind.Ads),
        ["Decisions.ReportOutcomes"] = new(client => new ReportOutcomesRequest
        {
            Outcomes = { new Outcome { ClientId = client, DecisionId = "d", ItemId = Item, Kind = Outcome.Types.Kind.Click } },
        }),

        ["Profiles.GetProfile"] = new(client => new GetProfileRequest { ClientId = client }, Kind.Profile),
        ["Profiles.Export"] = new(client => new ExportRequest { ClientId = client }, Kind.Export),
        ["Profiles.Link"] = new(client => new LinkRequest { ClientId = client, AnonymousId = client + "-cookie" }),
        ["Profiles.Unlink"] = new(client => new UnlinkRequest { ClientId = client, AnonymousId = client + "-cookie" }),
        ["Profiles.SetConsents"] = new(client => new SetConsentsRequest { ClientId = client, Country = "ES" }),
        ["Profiles.ConfirmInterest"] = new(client => new ConfirmInterestRequest
        {
            ClientId = client,
            Topic = "opera",
            Answer = ConfirmInterestRequest.Types.Answer.Reject,
        }),
        ["Profiles.Erase"] = new(client => new EraseRequest { ClientId = client }),
        ["Profiles.CreateMyLink"] = new(client => new CreateMyLinkRequest { ClientId = client }),

        ["Definitions.UpsertItems"] = new(_ => new UpsertItemsRequest { Items = { new Item { ItemId = Item } } }),
        ["Definitions.GetItem"] = new(_ => new GetItemRequest { ItemId = Item }),
        ["Definitions.ListItems"] = new(_ => new ListItemsRequest()),
        ["Definitions.DeleteItem"] = new(_ => new DeleteItemRequest { ItemId = Item }),
        ["Definitions.UpsertCampaigns"] = new(_ => new UpsertCampaignsRequest { Campaigns = { Targeted() } }),
        ["Definitions.GetCampaign"] = new(_ => new GetCampaignRequest { CampaignId = Campaign }),
        ["Definitions.ListCampaigns"] = new(_ => new ListCampaignsRequest()),
        ["Definitions.DeleteCampaign"] = new(_ => new DeleteCampaignRequest { CampaignId = Campaign }),
        ["Definitions.UpsertEventTypes"] = new(_ => new UpsertEventTypesRequest
        {
            EventTypes = { new EventType { Type = EventType, Weight = 1, HalfLife = Duration.FromTimeSpan(TimeSpan.FromDays(1)) } },
        }),
        ["Definitions.GetEventType"] = new(_ => new GetEventTypeRequest { Type = EventType }),
        ["Definitions.ListEventTypes"] = new(_ => new ListEventTypesRequest()),
        ["Definitions.DeleteEventType"] = new(_ => new DeleteEventTypeRequest { Type = EventType }),
        ["Definitions.UpsertPlacements"] = new(_ => new UpsertPlacementsRequest { Placements = { new Placement { PlacementId = Placement } } }),
        ["Definitions.GetPlacement"] = new(_ => new GetPlacementRequest { PlacementId = Placement }),
        ["Definitions.ListPlacements"] = new(_ => new ListPlacementsRequest()),
        ["Definitions.DeletePlacement"] = new(_ => new DeletePlacementRequest { PlacementId = Placement }),
        ["Definitions.UpsertSegments"] = new(_ => new UpsertSegmentsRequest { Segments = { Viewers() } }),
        ["Definitions.GetSegment"] = new(_ => new GetSegmentRequest { SegmentId = Segment }),
        ["Definitions.ListSegments"] = new(_ => new ListSegmentsRequest()),
        ["Definitions.DeleteSegment"] = new(_ => new DeleteSegmentRequest { SegmentId = Segment }),
        ["Definitions.UpsertProbes"] = new(_ => new UpsertProbesRequest { Probes = { Asked() } }),
        ["Definitions.GetProbe"] = new(_ => new GetProbeRequest { ProbeId = Probe }),
        ["Definitions.ListProbes"] = new(_ => new ListProbesRequest()),
        ["Definitions.DeleteProbe"] = new(_ => new DeleteProbeRequest { ProbeId = Probe }),

        ["Reports.GetProbes"] = new(_ => new GetProbesRequest()),
        ["Reports.GetSegmentSizes"] = new(_ => new GetSegmentSizesRequest()),

        ["Health.Check"] = new(_ => new HealthCheckRequest()),
        ["Health.Watch"] = new(_ => new HealthCheckRequest()),
        ["ServerReflection.ServerReflectionInfo"] = new(_ => new ServerReflectionRequest { ListServices = "*" }),
    };

    /// <summary>Null for an operation that nobody has classified.</summary>
    public static OperationCase? Find(string name) => _all.GetValueOrDefault(name);

    // Its condition asks for a fact, so that who knows the client answers otherwise than who does not.
    private static Campaign Targeted() => new()
    {
        CampaignId = Campaign,
        Bid = 1,
        Targeting = Struct.Parser.ParseJson("""{"counters.view.total":{"$gte":1}}"""),
    };

    private static Segment Viewers() => new() { SegmentId = Segment, Condition = Struct.Parser.ParseJson("""{"counters.view.total":{"$gte":1}}""") };

    private static Probe Asked() => new()
    {
        ProbeId = Probe,
        Topics = { "tennis" },
        Texts = { new ProbeText { Language = "en", Question = "Do you play tennis?" } },
        Placements = { Placement },
    };

    private static FootprintEvent Event(string client) => new()
    {
        ClientId = client,
        Type = "view",
        Topics = { new TopicWeight { Topic = "tennis", Weight = 1 } },
    };
}
