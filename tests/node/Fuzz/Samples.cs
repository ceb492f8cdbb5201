using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Footprint.Grid.Node.Tests.Fuzz;

/// <summary>Requests that are good, to be spoiled: gRPC method, JSON verb and route, body.</summary>
internal static class Samples
{
    /// <summary>Clients that only spoiled requests name.</summary>
    public const string Client = "fuzz-client";

    public static IReadOnlyList<(string Method, string Verb, string Route, IMessage Body)> All { get; } =
    [
        ("/footprint.grid.v1.Ingest/Record", "POST", "/v1/events", new RecordRequest { Ack = RecordRequest.Types.Ack.Durable, Events = { Event(1), Event(2) } }),
        ("/footprint.grid.v1.Decisions/PickContent", "POST", "/v1/decisions/content", new PickContentRequest
        {
            ClientId = Client, Placement = "home", Count = 5, Candidates = { "i1", "i2" }, Exclude = { "i3" }, Context = Context(), DeadlineMs = 1000,
        }),
        ("/footprint.grid.v1.Decisions/TargetAds", "POST", "/v1/decisions/ads", new TargetAdsRequest
        {
            ClientId = Client, Placement = "home", Count = 2, Context = Context(), Explain = true, LineItems = { LineItem() },
        }),
        ("/footprint.grid.v1.Decisions/ReportOutcomes", "POST", "/v1/outcomes", new ReportOutcomesRequest
        {
            Outcomes = { new Outcome { OutcomeId = "o1", DecisionId = "d1", ClientId = Client, ItemId = "i1", Kind = Outcome.Types.Kind.Click, Reward = 1 } },
        }),
        ("/footprint.grid.v1.Profiles/Link", "POST", $"/v1/clients/{Client}/link", new LinkRequest { ClientId = Client, AnonymousId = "fuzz-anonymous" }),
        ("/footprint.grid.v1.Profiles/SetConsents", "PUT", $"/v1/clients/{Client}/consents", new SetConsentsRequest
        {
            ClientId = Client, Consents = { new Consent { Purpose = "analytics", Decision = Consent.Types.Decision.Deny, Source = "banner" } },
        }),
        ("/footprint.grid.v1.Definitions/UpsertItems", "PUT", "/v1/items", new UpsertItemsRequest
        {
            Items = { new Item { ItemId = "fuzz-item", Topics = { Topic() }, Attributes = { ["brand"] = "x" }, Title = "t", PublishTime = Time() } },
        }),
        ("/footprint.grid.v1.Definitions/UpsertCampaigns", "PUT", "/v1/campaigns", new UpsertCampaignsRequest
        {
            Campaigns = { new Campaign { CampaignId = "fuzz-campaign", Topics = { Topic() }, Targeting = Targeting(), Bid = 1, FrequencyCaps = { Cap() } } },
        }),
    ];

    private static FootprintEvent Event(int n) => new()
    {
        EventId = $"fuzz-e{n}",
        ClientId = Client,
        Type = "view",
        Time = Time(),
        Channel = FootprintEvent.Types.Channel.Web,
        ItemId = "i1",
        Topics = { Topic() },
        Value = new V1.Value { Amount = 12.5, Currency = "EUR" },
        Properties = { ["query"] = "irons" },
        Context = Context(),
        Traits = { new TraitValue { Name = "age", Value = "30", Category = "demographics" } },
    };

    private static LineItem LineItem() => new() { LineItemId = "l1", Topics = { Topic() }, Targeting = Targeting(), Bid = 2, FrequencyCaps = { Cap() } };

    private static FrequencyCap Cap() => new() { Count = 3, Window = Duration.FromTimeSpan(TimeSpan.FromHours(1)) };

    private static Context Context() => new() { Channel = FootprintEvent.Types.Channel.App, Topics = { Topic() }, Attributes = { ["page"] = "/golf" } };

    private static TopicWeight Topic() => new() { Topic = "golf", Weight = 0.5 };

    private static Timestamp Time() => Timestamp.FromDateTime(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc));

    private static Struct Targeting() => Struct.Parser.ParseJson("""{"country":{"$in":["DE","FR"]},"age":{"$gte":18},"$not":{"vip":true}}""");
}
