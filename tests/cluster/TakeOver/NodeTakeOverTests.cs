using Footprint.Grid.V1;

namespace Footprint.Grid.Cluster.Tests.TakeOver;

/// <summary>A node that kept everything in Redis ends, and a cluster goes on with what it left.</summary>
public sealed class NodeTakeOverTests
{
    private const string Get = "/footprint.grid.v1.Profiles/GetProfile";
    private const string Record = "/footprint.grid.v1.Ingest/Record";

    [BuiltNodeFact]
    public async Task Cluster_OnANodesRedis_AnswersAsTheNodeDid()
    {
        using var folder = new TempFolder();
        await using var redis = await RedisProcess.StartAsync(folder.Path);
        var (before, node) = await RunNodeAsync(redis.Address, folder.Path);
        await using (node)
        {
            Assert.Equal(0, await node.TerminateAsync());
        }

        await using var cluster = await ClusterProcesses.StartAsync(new ClusterShape { Silos = 2, Gateways = 1, SiloArguments = ["--secret-file", folder.File("secret")] }, redis);
        await cluster.RunAsync(async () =>
        {
            using var client = cluster.Client();
            var after = await SeeAsync(client);

            Assert.Equal(before.Known.Counters, after.Known.Counters);
            Assert.Equal(before.Known.Aliases, after.Known.Aliases);
            Assert.Equal(before.Known.RecentItems.Select(item => item.ItemId), after.Known.RecentItems.Select(item => item.ItemId));
            Assert.Equal(before.Known.Interests.Select(interest => interest.Topic), after.Known.Interests.Select(interest => interest.Topic));
            Assert.Equal(before.Known.Consents, after.Known.Consents);
            Assert.Equal(before.Anonymous.ClientId, after.Anonymous.ClientId);
            Assert.Equal(before.Items, after.Items);
            Assert.True(after.Pick.Personalized);
            Assert.Equal(before.Pick.Picks.Select(pick => pick.ItemId), after.Pick.Picks.Select(pick => pick.ItemId));
            // For whom nothing is known popularity decides, which is knowledge.
            Assert.Equal(before.Popular.Picks.Select(pick => pick.ItemId), after.Popular.Picks.Select(pick => pick.ItemId));
            Assert.Equal("seen-most", after.Popular.Picks[0].ItemId);

            // And it goes on: an event under the old anonymous id reaches the known client.
            await RecordAsync(client, "take-anon", "take-more", "golf");
            var grown = await client.CallAsync(Get, new GetProfileRequest { ClientId = "take-known" }, Profile.Parser);
            Assert.Equal(Total(before.Known) + 1, Total(grown));
            var again = await RecordAsync(client, "take-known", "take-1", "golf");
            Assert.Equal(RecordResult.Types.Status.Duplicate, again);
        });
    }

    private static async Task<(Seen Seen, HostProcess Node)> RunNodeAsync(string redis, string folder)
    {
        const string key = "key-of-the-node";
        var http = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var grpc = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var node = new HostProcess(
            "node", BuiltProgram.Path("Node"),
            ["--http", http.Authority, "--grpc", grpc.Authority, "--data", folder, "--store", "redis", "--redis", redis],
            new Dictionary<string, string> { ["FOOTPRINT_API_KEY"] = key }, http, folder);
        try
        {
            await node.ReadyAsync();
            using var client = new GrpcClient(grpc, key);
            await WriteAsync(client);
            return (await SeeAsync(client), node);
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    private static async Task WriteAsync(GrpcClient client)
    {
        await client.CallAsync(
            "/footprint.grid.v1.Definitions/UpsertItems",
            new UpsertItemsRequest { Items = { Item("irons", "golf"), Item("wok", "cooking"), Item("seen-most", "other"), Item("seen-some", "other") } },
            UpsertItemsResponse.Parser);
        for (var n = 0; n < 12; n++)
        {
            await RecordAsync(client, $"take-crowd-{n}", $"take-crowd-{n}", "other", n % 4 == 0 ? "seen-some" : "seen-most");
        }

        await RecordAsync(client, "take-known", "take-1", "golf");
        await RecordAsync(client, "take-known", "take-2", "golf");
        await RecordAsync(client, "take-anon", "take-3", "cooking");
        await client.CallAsync(
            "/footprint.grid.v1.Profiles/Link", new LinkRequest { ClientId = "take-known", AnonymousId = "take-anon" }, LinkResponse.Parser);
        await client.CallAsync(
            "/footprint.grid.v1.Profiles/SetConsents",
            new SetConsentsRequest
            {
                ClientId = "take-known",
                Consents = { new Consent { Purpose = "advertising", Decision = Consent.Types.Decision.Deny, Source = "banner" } },
            },
            SetConsentsResponse.Parser);
        await Patience.Until(
            async () => (await PickAsync(client, "take-nobody")).Picks is [{ ItemId: "seen-most" }, ..], "what is popular is known");
    }

    private static async Task<Seen> SeeAsync(GrpcClient client) => new(
        await client.CallAsync(Get, new GetProfileRequest { ClientId = "take-known" }, Profile.Parser),
        await client.CallAsync(Get, new GetProfileRequest { ClientId = "take-anon" }, Profile.Parser),
        (await client.CallAsync("/footprint.grid.v1.Definitions/ListItems", new ListItemsRequest(), ListItemsResponse.Parser)).Items,
        await PickAsync(client, "take-known"),
        await PickAsync(client, "take-nobody"));

    private static Task<PickContentResponse> PickAsync(GrpcClient client, string id) => client.CallAsync(
        "/footprint.grid.v1.Decisions/PickContent", new PickContentRequest { ClientId = id, Placement = "home", Count = 4 }, PickContentResponse.Parser);

    private static async Task<RecordResult.Types.Status> RecordAsync(GrpcClient client, string id, string eventId, string topic, string item = "")
    {
        var one = new FootprintEvent { ClientId = id, EventId = eventId, Type = "click", ItemId = item, Topics = { new TopicWeight { Topic = topic, Weight = 1 } } };
        var request = new RecordRequest { Ack = RecordRequest.Types.Ack.Durable, Events = { one } };
        return Assert.Single((await client.CallAsync(Record, request, RecordResponse.Parser)).Results).Status;
    }

    private static Item Item(string id, string topic) => new() { ItemId = id, Title = id, Topics = { new TopicWeight { Topic = topic, Weight = 1 } } };

    private static ulong Total(Profile profile) => (ulong)profile.Counters.Sum(counter => (long)counter.Total);

    private sealed record Seen(
        Profile Known, Profile Anonymous, IReadOnlyList<Item> Items, PickContentResponse Pick, PickContentResponse Popular);
}
