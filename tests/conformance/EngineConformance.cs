using Footprint.Grid.Engine;
using Footprint.Grid.V1;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;

namespace Footprint.Grid.Conformance;

/// <summary>What every engine must do, whatever hosts it and stores for it. A test class derives from this for each engine.</summary>
public abstract partial class EngineConformance : IAsyncLifetime
{
    protected const string Tenant = "default";
    protected const string OtherTenant = "other";
    protected const string StrictTenant = "strict";

    private IEngineHarness? _harness;

    protected IEngineHarness Harness => _harness!;

    protected IClientEngine Clients => Harness.Clients;

    protected IDefinitionsEngine Definitions => Harness.Definitions;

    public async Task InitializeAsync() => _harness = await StartAsync().Within("the engine starts");

    public async Task DisposeAsync()
    {
        if (_harness is not null)
        {
            await _harness.DisposeAsync().AsTask().Within("the engine stops");
        }
    }

    protected abstract Task<IEngineHarness> StartAsync();

    protected CallContext Call(string tenant = Tenant, double seconds = 50) =>
        new(tenant, Harness.Time.GetUtcNow().AddSeconds(seconds), CancellationToken.None);

    protected static Timestamp Ago(double minutes) => Timestamp.FromDateTimeOffset(DateTimeOffset.UtcNow.AddMinutes(-minutes));

    protected static FootprintEvent Event(string client, string id, string topic = "golf", string type = "view", string item = "", double minutesAgo = 1) =>
        new()
        {
            ClientId = client,
            EventId = id,
            Type = type,
            ItemId = item,
            Time = Ago(minutesAgo),
            Topics = { new TopicWeight { Topic = topic, Weight = 1 } },
        };

    protected static RecordRequest Batch(RecordRequest.Types.Ack ack, params IEnumerable<FootprintEvent> events) =>
        new() { Ack = ack, Events = { events } };

    protected Task<RecordResponse> RecordAsync(RecordRequest.Types.Ack ack, params IEnumerable<FootprintEvent> events) =>
        Clients.RecordAsync(Batch(ack, events), Call()).Within("the events are recorded");

    protected Task<RecordResponse> ApplyAsync(params IEnumerable<FootprintEvent> events) =>
        RecordAsync(RecordRequest.Types.Ack.Applied, events);

    protected Task<RecordResponse> StoreAsync(params IEnumerable<FootprintEvent> events) =>
        RecordAsync(RecordRequest.Types.Ack.Durable, events);

    protected Task<Profile> ProfileAsync(string client, string tenant = Tenant) =>
        Clients.GetProfileAsync(new GetProfileRequest { ClientId = client }, Call(tenant)).Within("the profile is read");

    protected async Task<ulong> CountAsync(string client, string type = "view", string tenant = Tenant)
    {
        Profile profile = await ProfileAsync(client, tenant);
        return profile.Counters.SingleOrDefault(c => c.Type == type)?.Total ?? 0;
    }

    protected Task<LinkResponse> LinkAsync(string known, string anonymous) =>
        Clients.LinkAsync(new LinkRequest { ClientId = known, AnonymousId = anonymous }, Call()).Within("the clients are linked");

    protected Task<SetConsentsResponse> ConsentAsync(string client, string purpose, Consent.Types.Decision decision, string tenant = Tenant) =>
        Clients.SetConsentsAsync(
            new SetConsentsRequest { ClientId = client, Consents = { new Consent { Purpose = purpose, Decision = decision } } },
            Call(tenant)).Within("the consent is set");

    protected Task<EraseResponse> EraseAsync(string client) =>
        Clients.EraseAsync(new EraseRequest { ClientId = client }, Call()).Within("the client is erased");

    protected async Task<PickContentResponse> PickAsync(string client, string tenant = Tenant, int count = 10, string placement = "home")
    {
        var request = new PickContentRequest { ClientId = client, Placement = placement, Count = count };
        PickContentResponse response = await Clients.PickContentAsync(request, Call(tenant)).Within("the pick is answered");
        PickContentResponse copy = response.Clone();
        Clients.Release(response);
        return copy;
    }

    protected Task<UpsertItemsResponse> DefineItemsAsync(string tenant = Tenant, params (string Id, string Topic)[] items)
    {
        var request = new UpsertItemsRequest();
        foreach ((string id, string topic) in items)
        {
            request.Items.Add(new Item { ItemId = id, Topics = { new TopicWeight { Topic = topic, Weight = 1 } } });
        }

        return Definitions.UpsertItemsAsync(request, Call(tenant)).Within("the items are defined");
    }

    protected static async Task<GridException> ThrowsAsync(Code code, Func<Task> act)
    {
        GridException e = await Assert.ThrowsAsync<GridException>(act);
        Assert.Equal(code, e.Code);
        return e;
    }
}
