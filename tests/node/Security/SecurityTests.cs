using System.Security.Cryptography;
using System.Text;
using Footprint.Grid.V1;
using Google.Rpc;

namespace Footprint.Grid.Node.Tests.Security;

/// <summary>Two tenants on one node, and callers who try what they may not.</summary>
public sealed class SecurityTests : IAsyncLifetime, IDisposable
{
    private const string OtherKey = "other-tenants-key-7d1f";
    private const string IngestOnlyKey = "ingest-only-key-52aa";

    private readonly TempFolder _folder = new();
    private NodeProcess? _process;

    private NodeProcess Node => _process!;

    public async Task InitializeAsync() => _process = await NodeProcess.StartAsync(new NodeSettings
    {
        Data = _folder.Path,
        Environment = new Dictionary<string, string>
        {
            ["FOOTPRINT_TENANTS__0__NAME"] = "other",
            ["FOOTPRINT_TENANTS__0__CONSENT"] = "opt-out",
            ["FOOTPRINT_KEYS__0__ID"] = "other",
            ["FOOTPRINT_KEYS__0__HASH"] = Hash(OtherKey),
            ["FOOTPRINT_KEYS__0__TENANT"] = "other",
            ["FOOTPRINT_KEYS__0__SCOPES"] = "ingest,decide,profile:read,profile:write,define,report,admin",
            ["FOOTPRINT_KEYS__1__ID"] = "tracker",
            ["FOOTPRINT_KEYS__1__HASH"] = Hash(IngestOnlyKey),
            ["FOOTPRINT_KEYS__1__TENANT"] = "default",
            ["FOOTPRINT_KEYS__1__SCOPES"] = "ingest",
        },
    });

    public async Task DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task OtherTenantsKey_SeesAndChangesNothing()
    {
        using var ours = new GrpcClient(Node.Settings.Grpc, Node.Settings.Key);
        using var theirs = new GrpcClient(Node.Settings.Grpc, OtherKey);
        await RecordAsync(ours, "shared-name", "secret-topic");
        await ours.CallAsync(
            "/footprint.grid.v1.Definitions/UpsertItems",
            new UpsertItemsRequest { Items = { new Item { ItemId = "our-item", Topics = { new TopicWeight { Topic = "secret-topic", Weight = 1 } } } } },
            UpsertItemsResponse.Parser);

        var profile = await theirs.TryAsync("/footprint.grid.v1.Profiles/GetProfile", new GetProfileRequest { ClientId = "shared-name" });
        var slash = await theirs.TryAsync("/footprint.grid.v1.Profiles/GetProfile", new GetProfileRequest { ClientId = "default/shared-name" });
        var item = await theirs.TryAsync("/footprint.grid.v1.Definitions/GetItem", new GetItemRequest { ItemId = "our-item" });
        var pick = await theirs.CallAsync(
            "/footprint.grid.v1.Decisions/PickContent", new PickContentRequest { ClientId = "shared-name", Placement = "home" }, PickContentResponse.Parser);
        await theirs.TryAsync("/footprint.grid.v1.Profiles/Erase", new EraseRequest { ClientId = "shared-name" });
        await theirs.TryAsync("/footprint.grid.v1.Definitions/DeleteItem", new DeleteItemRequest { ItemId = "our-item" });
        await theirs.TryAsync("/footprint.grid.v1.Profiles/Link", new LinkRequest { ClientId = "their-client", AnonymousId = "shared-name" });

        Assert.Equal(Code.NotFound, profile.Code);
        Assert.Equal(Code.NotFound, slash.Code);
        Assert.Equal(Code.NotFound, item.Code);
        Assert.Empty(pick.Picks);
        Assert.False(pick.Personalized);
        var still = await ours.CallAsync("/footprint.grid.v1.Profiles/GetProfile", new GetProfileRequest { ClientId = "shared-name" }, Profile.Parser);
        Assert.Equal("secret-topic", Assert.Single(still.Interests).Topic);
        await ours.CallAsync("/footprint.grid.v1.Definitions/GetItem", new GetItemRequest { ItemId = "our-item" }, Item.Parser);
    }

    [Fact]
    public async Task KeyOfOneScope_DoesNothingElse()
    {
        using var tracker = new GrpcClient(Node.Settings.Grpc, IngestOnlyKey);
        await RecordAsync(tracker, "tracked", "golf");

        var read = await tracker.TryAsync("/footprint.grid.v1.Profiles/GetProfile", new GetProfileRequest { ClientId = "tracked" });
        var erase = await tracker.TryAsync("/footprint.grid.v1.Profiles/Erase", new EraseRequest { ClientId = "tracked" });
        var pick = await tracker.TryAsync("/footprint.grid.v1.Decisions/PickContent", new PickContentRequest { Placement = "home" });
        var define = await tracker.TryAsync("/footprint.grid.v1.Definitions/DeleteItem", new DeleteItemRequest { ItemId = "x" });

        Assert.All([read, erase, pick, define], reply => Assert.Equal(Code.PermissionDenied, reply.Code));
    }

    [ProgramFact("curl")]
    public async Task Tenant_InBodyHeaderOrQuery_IsNotBelieved()
    {
        using var theirs = new GrpcClient(Node.Settings.Grpc, OtherKey);
        await RecordAsync(theirs, "victim", "their-topic");

        var body = await Curl.SendAsync(Node.Settings.Target, "POST", "/v1/events", """{"tenant":"other","events":[{"clientId":"victim","type":"view"}]}""");
        var query = await Curl.SendAsync(Node.Settings.Target, "GET", "/v1/clients/victim?tenant=other");
        var path = await Curl.SendAsync(Node.Settings.Target, "GET", "/v1/clients/other%2Fvictim");

        Assert.Equal(400, body.Status);
        Assert.DoesNotContain("their-topic", query.Body + path.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BadInput_ChangesNothing()
    {
        using var ours = new GrpcClient(Node.Settings.Grpc, Node.Settings.Key);
        await RecordAsync(ours, "unchanged", "golf");
        var before = await ours.CallAsync("/footprint.grid.v1.Profiles/Export", new ExportRequest { ClientId = "unchanged" }, ExportResponse.Parser);
        var items = new UpsertItemsRequest { Items = { new Item { ItemId = "good" }, new Item { ItemId = "" } } };
        var late = new FootprintEvent { ClientId = "unchanged", Type = "view", Time = new() { Seconds = 253402300799 } };

        var refusedItems = await ours.TryAsync("/footprint.grid.v1.Definitions/UpsertItems", items);
        var refusedConsents = await ours.TryAsync(
            "/footprint.grid.v1.Profiles/SetConsents",
            new SetConsentsRequest
            {
                ClientId = "unchanged",
                Consents = { new Consent { Purpose = "personalization", Decision = Consent.Types.Decision.Deny }, new Consent { Purpose = "no-such-purpose" } },
            });
        var refusedLink = await ours.TryAsync("/footprint.grid.v1.Profiles/Link", new LinkRequest { ClientId = "unchanged", AnonymousId = "unchanged" });
        var rejected = await ours.CallAsync("/footprint.grid.v1.Ingest/Record", new RecordRequest { Events = { late } }, RecordResponse.Parser);

        Assert.All([refusedItems, refusedConsents, refusedLink], reply => Assert.Equal(Code.InvalidArgument, reply.Code));
        Assert.Equal(RecordResult.Types.Status.Rejected, Assert.Single(rejected.Results).Status);
        var after = await ours.CallAsync("/footprint.grid.v1.Profiles/Export", new ExportRequest { ClientId = "unchanged" }, ExportResponse.Parser);
        Assert.Equal(before.Profile.Version, after.Profile.Version);
        Assert.Equal(before.Profile.Counters, after.Profile.Counters);
        Assert.Equal(before.ConsentHistory, after.ConsentHistory);
        var item = await ours.TryAsync("/footprint.grid.v1.Definitions/GetItem", new GetItemRequest { ItemId = "good" });
        Assert.Equal(Code.NotFound, item.Code);
    }

    [Fact]
    public async Task Keys_RightOrWrong_AreNeverWrittenAnywhere()
    {
        const string wrong = "a-wrong-key-that-someone-tried";
        using var guesser = new GrpcClient(Node.Settings.Grpc, wrong);
        using var ours = new GrpcClient(Node.Settings.Grpc, Node.Settings.Key);
        using var theirs = new GrpcClient(Node.Settings.Grpc, OtherKey);

        var reply = await guesser.TryAsync("/footprint.grid.v1.Profiles/GetProfile", new GetProfileRequest { ClientId = "x" });
        await RecordAsync(ours, "someone", "golf");
        await RecordAsync(theirs, "someone", "golf");
        await Node.TerminateAsync();

        Assert.Equal(Code.Unauthenticated, reply.Code);
        Assert.All([wrong, Node.Settings.Key, OtherKey, IngestOnlyKey], key =>
        {
            Assert.DoesNotContain(key, Node.Output, StringComparison.Ordinal);
            Assert.DoesNotContain(key, reply.Message, StringComparison.Ordinal);
            foreach (var file in Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories))
            {
                Assert.True(File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(key)) < 0, $"{file} holds a key");
            }
        });
    }

    private static async Task RecordAsync(GrpcClient client, string id, string topic)
    {
        var one = new FootprintEvent { ClientId = id, Type = "view", Topics = { new TopicWeight { Topic = topic, Weight = 1 } } };
        var request = new RecordRequest { Ack = RecordRequest.Types.Ack.Durable, Events = { one } };
        var recorded = await client.CallAsync("/footprint.grid.v1.Ingest/Record", request, RecordResponse.Parser);
        Assert.Equal(RecordResult.Types.Status.Durable, Assert.Single(recorded.Results).Status);
    }

    private static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
