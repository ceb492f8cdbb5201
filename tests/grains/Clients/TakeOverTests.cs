using Footprint.Grid.Conformance;
using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Tests.Support;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Footprint.Grid.Grains.Tests.Clients;

/// <summary>A cluster goes on from a Redis that a node left, and a node can go on from a cluster's.</summary>
[RequiresTool("redis-server")]
public sealed class TakeOverTests : CellWorld
{
    private const long Then = 1_700_000_000_000;

    [ToolFact]
    public async Task Client_OfANodeThatCrashed_GoesOnWhereItWas()
    {
        TestCell cell = Cell();

        Assert.Equal(3UL, await cell.CountAsync());
        await cell.StoreAsync(Acts.View("e4"));
        Assert.Equal("2", await Redis.HashGetAsync("fg:{default/c1}", "etag"));
        await cell.SaveAsync();

        Assert.Equal(4UL, await Cell().CountAsync());
        Assert.Equal(4UL, ProfileCodec.Decode((byte[])(await Redis.HashGetAsync("fg:{default/c1}", "data"))!).JournalSequence);
    }

    [ToolFact]
    public async Task Alias_OfANode_LeadsToItsClient()
    {
        var call = new CallContext("default", DateTimeOffset.UtcNow.AddSeconds(30), CancellationToken.None);
        IClientEngine clients = Client.GetRequiredService<IClientEngine>();

        Profile profile = await clients.GetProfileAsync(new GetProfileRequest { ClientId = "cookie" }, call).Within("the profile is read");

        Assert.Equal("c1", profile.ClientId);
    }

    [ToolFact]
    public async Task Client_OfACluster_IsReadAsANodeReads()
    {
        TestCell cell = Cell();
        await cell.StoreAsync(Acts.View("e4"));
        await cell.SaveAsync();
        await cell.StoreAsync(Acts.View("e5"));

        byte[] checkpoint = (await Redis.HashGetAsync("fg:{default/c1}", "data"))!;
        RedisValue[] journal = await Redis.ListRangeAsync("fg:{default/c1}:j");
        ClientActor actor = ClientActor.Load(new ClientKey("default", "c1"), checkpoint, journal.Select(e => JournalEntry.Parser.ParseFrom((byte[])e!)));

        Assert.Equal(5UL, actor.JournalSequence);
        Assert.NotEmpty((string)(await Redis.HashGetAsync("fg:{default/c1}", "etag"))!);
    }

    private protected override async Task PrepareAsync()
    {
        var profile = new ClientProfile();
        profile.Apply(Viewed(1));
        profile.Apply(Viewed(2));
        await Redis.HashSetAsync("fg:{default/c1}", [new("etag", "2"), new("data", ProfileCodec.Encode(profile))]);

        // The node died after the checkpoint and before it dropped what that holds.
        await Redis.ListRightPushAsync("fg:{default/c1}:j", [Viewed(2).ToByteArray(), Viewed(3).ToByteArray()]);
        var alias = new JournalEntry { Sequence = 1, AliasSet = new() { ClientId = "c1" } };
        await Redis.ListRightPushAsync("fg:{default/cookie}:j", [alias.ToByteArray()]);
    }

    private static JournalEntry Viewed(ulong sequence) => new()
    {
        Sequence = sequence,
        Event = new StoredEvent { IdHash = sequence, Type = "view", TimeMs = Then + (long)sequence, Weight = 1, HalfLifeS = 86_400 },
    };
}
