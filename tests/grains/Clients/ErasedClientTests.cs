using Footprint.Grid.Conformance;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Storage;
using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Engine;
using Footprint.Grid.Grains.Tests.Support;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using StackExchange.Redis;

namespace Footprint.Grid.Grains.Tests.Clients;

/// <summary>What is left of an erased client in Redis, and that nobody brings it back.</summary>
[RequiresTool("redis-server")]
public sealed class ErasedClientTests : CellWorld
{
    private const string Checkpoint = "fg:{default/c1}";
    private const string Journal = "fg:{default/c1}:j";
    private static readonly string _tombstone = RedisLayout.Tombstone(new TombstoneKeys(GridCluster.Secret).Of("default/c1"));

    [ToolTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Erase_Client_LeavesItsTombstoneAlone(bool hasCheckpoint)
    {
        TestCell cell = Cell();
        await cell.StoreAsync(Acts.View("e1"));
        if (hasCheckpoint)
        {
            await cell.SaveAsync();
            await cell.StoreAsync(Acts.View("e2"));
        }

        EraseResponse receipt = await EraseAsync(cell);

        await AssertBuriedAsync();
        Assert.Contains(receipt.Copies, copy => copy.Name == "tombstone");
        Assert.Contains(receipt.Copies, copy => copy.Name.StartsWith("keys of Redis", StringComparison.Ordinal) && copy.GoneBy is not null);
    }

    [ToolFact]
    public async Task Erased_LateEvent_StaysOutAndALaterOneBeginsAnew()
    {
        await Cell().StoreAsync(Acts.View("e1"));
        await EraseAsync(Cell());

        Assert.Equal(RecordResult.Types.Status.Rejected, Assert.Single((await Cell().StoreAsync(Acts.View("late"))).Results).Status);
        await AssertBuriedAsync();
        TestCell anew = Cell();
        await anew.StoreAsync(Now("new"));
        Assert.Equal(1UL, await Cell().CountAsync());
        await anew.SaveAsync();

        Assert.Equal(RecordResult.Types.Status.Rejected, Assert.Single((await Cell().StoreAsync(Acts.View("late again"))).Results).Status);
        Assert.Equal(1UL, await Cell().CountAsync());
        await EraseAsync(Cell());
        await AssertBuriedAsync();
    }

    [ToolFact]
    public async Task Append_ByOneThatNeverHeardOfTheClient_DoesNotBringItBack()
    {
        TestCell stale = Cell();
        await Assert.ThrowsAsync<GridException>(stale.CountAsync);
        TestCell one = Cell();
        await one.StoreAsync(Acts.View("e1"));
        await EraseAsync(one);

        GridException lost = await Assert.ThrowsAsync<GridException>(() => stale.StoreAsync(Acts.View("late")));

        Assert.Equal((Code.Unavailable, 1), (lost.Code, stale.Conflicts));
        await AssertBuriedAsync();
        Assert.Equal(RecordResult.Types.Status.Rejected, Assert.Single((await stale.StoreAsync(Acts.View("late"))).Results).Status);
    }

    [ToolTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Save_ByOneThatDoesNotKnowOfTheErasure_DoesNotBringItBack(bool hasCheckpoint)
    {
        await StoreAsync(hasCheckpoint);
        TestCell stale = Cell();
        Assert.NotEqual(0UL, await stale.CountAsync());
        await EraseAsync(Cell());

        await stale.SaveAsync();

        await AssertBuriedAsync();
    }

    [ToolFact]
    public async Task Erase_RedisDidItAndDidNotSaySo_EndsWell()
    {
        TestCell cell = Cell();
        await cell.StoreAsync(Acts.View("e1"));
        Faults.IsUnsure = true;
        Task<EraseResponse> erasing = EraseAsync(cell);
        await Patience.Until(() => Redis.KeyExists(_tombstone) || Redis.ListLength(Journal) == 2, "something is written");
        Faults.IsUnsure = false;

        await erasing.Within("the erasure ends");

        await AssertBuriedAsync();
    }

    [ToolFact]
    public async Task Load_OfAnErasureUnderTheId_BuriesIt()
    {
        await Redis.HashSetAsync(Checkpoint, [new("etag", "3"), new("data", Erased())]);

        Assert.Equal(RecordResult.Types.Status.Rejected, Assert.Single((await Cell().StoreAsync(Acts.View("late"))).Results).Status);

        await Patience.Until(() => !Redis.KeyExists(Checkpoint), "the old form is gone");
        await AssertBuriedAsync();
    }

    [ToolFact]
    public async Task Load_OfANodesTombstone_KeepsLateEventsOut()
    {
        await Redis.StringSetAsync(_tombstone, Erased());

        Assert.Equal(RecordResult.Types.Status.Rejected, Assert.Single((await Cell().StoreAsync(Acts.View("late"))).Results).Status);
        await Cell().StoreAsync(Now("new"));

        RedisValue entry = Assert.Single(await Redis.ListRangeAsync(Journal));
        Assert.Equal(4UL, JournalEntry.Parser.ParseFrom((byte[])entry!).Sequence);
    }

    [ToolFact]
    public async Task Erase_ClientInQuarantine_EmptiesItThere()
    {
        await Redis.HashSetAsync(Checkpoint, [new("etag", "7"), new("data", "no checkpoint")]);
        await Assert.ThrowsAsync<GridException>(() => Cell().CountAsync());
        Assert.True(await Redis.HashExistsAsync("fg:quarantine", "default/profile/c1"));

        await EraseAsync(Cell());

        Assert.False(await Redis.HashExistsAsync("fg:quarantine", "default/profile/c1"));
        await AssertBuriedAsync();
        Assert.Equal(RecordResult.Types.Status.Rejected, Assert.Single((await Cell().StoreAsync(Acts.View("late"))).Results).Status);
    }

    private static byte[] Erased()
    {
        var profile = new ClientProfile();
        profile.Apply(new JournalEntry { Sequence = 3, Erased = new() { TimeMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() } });
        return ProfileCodec.Encode(profile);
    }

    private static FootprintEvent Now(string id)
    {
        FootprintEvent act = Acts.View(id);
        act.Time = Timestamp.FromDateTimeOffset(DateTimeOffset.UtcNow.AddSeconds(1));
        return act;
    }

    private static async Task<EraseResponse> EraseAsync(TestCell cell) =>
        EraseResponse.Parser.ParseFrom((await cell.AskAsync(ClientOperation.Erase, new EraseRequest { ClientId = "c1" })).Span);

    private async Task StoreAsync(bool hasCheckpoint)
    {
        TestCell cell = Cell();
        await cell.StoreAsync(Acts.View("e1"));
        if (hasCheckpoint)
        {
            await cell.SaveAsync();
            await cell.StoreAsync(Acts.View("e2"));
        }
    }

    private async Task AssertBuriedAsync()
    {
        var keys = (string[])(await Redis.ExecuteAsync("KEYS", "*"))!;
        Assert.DoesNotContain(keys, key => key.Contains("c1}", StringComparison.Ordinal));
        Assert.Contains(_tombstone, keys);
        Assert.True(ProfileCodec.Decode((byte[])(await Redis.StringGetAsync(_tombstone))!).IsTombstone);
    }
}
