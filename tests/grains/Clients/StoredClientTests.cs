using Footprint.Grid.Conformance;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Storage;
using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Engine;
using Footprint.Grid.Grains.Storage;
using Footprint.Grid.Grains.Tests.Support;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Rpc;
using StackExchange.Redis;

namespace Footprint.Grid.Grains.Tests.Clients;

/// <summary>What one client leaves in Redis, and what becomes of it when Redis holds something else.</summary>
[RequiresTool("redis-server")]
public sealed class StoredClientTests : CellWorld
{
    private const string Checkpoint = "fg:{default/c1}";
    private const string Journal = "fg:{default/c1}:j";

    [ToolFact]
    public async Task Save_Client_LeavesEtagAndDataAloneAndForGood()
    {
        TestCell cell = Cell();
        await cell.StoreAsync(Acts.View("e1"), Acts.View("e2"));

        await cell.SaveAsync();

        Assert.Equal(["data", "etag"], (await Redis.HashGetAllAsync(Checkpoint)).Select(f => (string)f.Name!).Order());
        Assert.Null(await Redis.KeyTimeToLiveAsync(Checkpoint));
        Assert.False(await Redis.KeyExistsAsync(Journal));
        ClientProfile profile = ProfileCodec.Decode((byte[])(await Redis.HashGetAsync(Checkpoint, "data"))!);
        Assert.Equal(2UL, profile.JournalSequence);
    }

    [ToolFact]
    public async Task Store_OneMoreEvent_WritesItsEntryAndNotTheProfile()
    {
        TestCell cell = Cell();
        await cell.StoreAsync([.. Enumerable.Range(0, 200).Select(i => Acts.View($"e{i}", topic: $"topic-{i}"))]);
        await cell.SaveAsync();
        RedisValue etag = await Redis.HashGetAsync(Checkpoint, "etag");

        await cell.StoreAsync(Acts.View("one more"));

        Assert.Equal(etag, await Redis.HashGetAsync(Checkpoint, "etag"));
        Assert.InRange(((byte[])(await Redis.ListGetByIndexAsync(Journal, 0))!).Length, 20, 200);
        Assert.InRange(await Redis.HashStringLengthAsync(Checkpoint, "data"), 5_000, 100_000);
    }

    [ToolFact]
    public async Task Journal_LongEnough_IsFoldedIntoACheckpoint()
    {
        TestCell cell = Cell();
        for (int i = 0; i < 20; i++)
        {
            await cell.StoreAsync([.. Enumerable.Range(0, 50).Select(k => Acts.View($"e{i}-{k}"))]);
        }

        await cell.SaveAsync();

        Assert.True(await Redis.KeyExistsAsync(Checkpoint));
        Assert.Equal(1000UL, await Cell().CountAsync());
    }

    [ToolFact]
    public async Task Store_AfterRedisForgotItsScripts_Works()
    {
        TestCell cell = Cell();
        await cell.StoreAsync(Acts.View("e1"));
        ForgetScripts();

        await cell.StoreAsync(Acts.View("e2"));
        ForgetScripts();
        await cell.SaveAsync();
        ForgetScripts();

        Assert.Equal(2UL, await Cell().CountAsync());
    }

    [ToolFact]
    public async Task Store_WhileRedisIsRestarted_FailsOrCountsOnce()
    {
        TestCell cell = Cell();
        await cell.StoreAsync(Acts.View("e1"));
        Server.Kill();
        GridException down = await Assert.ThrowsAsync<GridException>(() => cell.RecordAsync(RecordRequest.Types.Ack.Durable, 0.3, Acts.View("e2")));
        Assert.Equal(Code.Unavailable, down.Code);
        await Server.RunAsync();

        RecordResponse again = await cell.StoreAsync(Acts.View("e2"), Acts.View("e3"));

        Assert.Equal([RecordResult.Types.Status.Duplicate, RecordResult.Types.Status.Durable], again.Results.Select(r => r.Status));
        Assert.Equal(3UL, await Cell().CountAsync());
        Assert.Equal(0, cell.Conflicts);
    }

    [ToolFact]
    public async Task Save_RedisDidItAndDidNotSaySo_IsFoundAndNotRepeated()
    {
        TestCell cell = Cell();
        await cell.StoreAsync(Acts.View("e1"));
        Faults.IsUnsure = true;
        Task saving = cell.SaveAsync();
        await Patience.Until(() => Redis.KeyExists(Checkpoint), "the checkpoint is written");
        RedisValue etag = await Redis.HashGetAsync(Checkpoint, "etag");
        Faults.IsUnsure = false;

        await saving.Within("the checkpoint is found");
        await cell.StoreAsync(Acts.View("e2"));

        Assert.Equal(etag, await Redis.HashGetAsync(Checkpoint, "etag"));
        Assert.Equal(2UL, await Cell().CountAsync());
        Assert.Equal(0, cell.Conflicts);
    }

    [ToolTheory]
    [InlineData("a third field")]
    [InlineData("no hash")]
    [InlineData("no data")]
    [InlineData("other bytes")]
    [InlineData("a future format")]
    [InlineData("a gap")]
    [InlineData("no list")]
    public async Task Load_WhatNoVersionWrote_IsSetAsideAndNotOverwritten(string what)
    {
        TestCell before = Cell();
        await before.StoreAsync(Acts.View("e1"));
        await before.SaveAsync();
        await before.StoreAsync(Acts.View("e2"));
        await SpoilAsync(what);
        RedisValue? dump = await DumpAsync();

        TestCell cell = Cell();
        RecordResult refused = Assert.Single((await cell.StoreAsync(Acts.View("e3"))).Results);
        PickContentResponse pick = PickContentResponse.Parser.ParseFrom(
            (await cell.AskAsync(ClientOperation.PickContent, new PickContentRequest { ClientId = "c1", Placement = "home" })).Span);
        await cell.SaveAsync();

        Assert.Equal("DATA_LOSS", refused.Error.Code);
        Assert.False(pick.Personalized);
        Assert.Equal(dump, await DumpAsync());
        QuarantineRecord kept = QuarantineFormat.Unpack((byte[])(await Redis.HashGetAsync("fg:quarantine", "default/profile/c1"))!);
        Assert.Equal(("default", "profile", "c1"), (kept.Tenant, kept.Kind, kept.Id));

        // An erasure is the way out.
        await cell.AskAsync(ClientOperation.Erase, new EraseRequest { ClientId = "c1" });
        FootprintEvent after = Acts.View("e4");
        after.Time = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(DateTimeOffset.UtcNow.AddSeconds(2));
        await cell.StoreAsync(after);
        Assert.Equal(1UL, await Cell().CountAsync());
    }

    private async Task SpoilAsync(string what)
    {
        switch (what)
        {
            case "a third field":
                await Redis.HashSetAsync(Checkpoint, "more", "x");
                break;
            case "no hash":
                await Redis.KeyDeleteAsync(Checkpoint);
                await Redis.StringSetAsync(Checkpoint, "x");
                break;
            case "no data":
                await Redis.HashDeleteAsync(Checkpoint, "data");
                break;
            case "other bytes":
                await Redis.HashSetAsync(Checkpoint, "data", "not a checkpoint");
                break;
            case "a future format":
                var checkpoint = Footprint.Grid.Storage.V1.Checkpoint.Parser.ParseFrom((byte[])(await Redis.HashGetAsync(Checkpoint, "data"))!);
                checkpoint.Format = ProfileCodec.Format + 1;
                await Redis.HashSetAsync(Checkpoint, "data", checkpoint.ToByteArray());
                break;
            case "a gap":
                await Redis.ListRightPushAsync(Journal, new JournalEntry { Sequence = 9, Erased = new() { TimeMs = 1 } }.ToByteArray());
                break;
            default:
                await Redis.KeyDeleteAsync(Journal);
                await Redis.StringSetAsync(Journal, "x");
                break;
        }
    }

    private async Task<RedisValue?> DumpAsync() =>
        (RedisValue)Convert.ToBase64String([.. await Redis.KeyDumpAsync(Checkpoint) ?? [], .. await Redis.KeyDumpAsync(Journal) ?? []]);
}
