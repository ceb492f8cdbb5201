using Footprint.Grid.Conformance;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Grains.Retention;
using Footprint.Grid.Grains.Tests.Support;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using StackExchange.Redis;

namespace Footprint.Grid.Grains.Tests.Retention;

/// <summary>Which profiles a sweep removes from a real Redis, and which it leaves.</summary>
[RequiresTool("redis-server")]
public sealed class RetentionSweeperTests : CellWorld
{
    private const long Cutoff = 1_000_000;

    private RetentionSweeper Sweeper => new(Services.Redis);

    [ToolFact]
    public async Task Sweep_RemovesWhoWasIdle_AndLeavesAllOthers()
    {
        await PutAsync("default/idle", new StoredProfile { LastSeenMs = Cutoff - 1 });
        await PutAsync("default/seen", new StoredProfile { LastSeenMs = Cutoff });
        await PutAsync("default/erased", new StoredProfile { LastSeenMs = 1, ErasedAtMs = 1 });
        await PutAsync("default/consented", new StoredProfile
        {
            LastSeenMs = 1,
            Consents = { new Consent { Purpose = "ads", Time = Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(Cutoff)) } },
        });
        await PutAsync("other/idle", new StoredProfile { LastSeenMs = 1 });
        await Redis.HashSetAsync("fg:{default/strange}", [new HashEntry("etag", "e"), new HashEntry("data", "no checkpoint")]);
        await Redis.StringSetAsync("fg:{default/text}", "no hash");

        var (removed, unfolded) = await SweepAsync();

        Assert.Equal(1, removed);
        Assert.Empty(unfolded);
        Assert.Equal(
            ["consented", "erased", "seen", "strange", "text"], (await ClientsAsync("default")).Order());
        Assert.Equal(["idle"], await ClientsAsync("other"));
    }

    [ToolFact]
    public async Task Sweep_ClientWithAJournal_IsWokenAndNotRemoved()
    {
        await PutAsync("default/late", new StoredProfile { LastSeenMs = 1 });
        await Redis.ListRightPushAsync("fg:{default/late}:j", "an entry");
        await Redis.ListRightPushAsync("fg:{default/orphan}:j", "an entry");

        var (removed, unfolded) = await SweepAsync();

        Assert.Equal(0, removed);
        Assert.Equal(["late", "orphan"], unfolded.Order());
        Assert.True(await Redis.KeyExistsAsync("fg:{default/late}"));
        Assert.True(await Redis.KeyExistsAsync("fg:{default/orphan}:j"));
    }

    [ToolFact]
    public async Task Sweep_KnownClient_GoesWithTheIdsThatBecameAPartOfIt()
    {
        await PutAsync("default/known", new StoredProfile { LastSeenMs = 1, Aliases = { "anon", "moved" } });
        await PutAsync("default/anon", new StoredProfile { AliasOf = "known" });
        await PutAsync("default/moved", new StoredProfile { AliasOf = "another" });

        var (removed, _) = await SweepAsync();

        Assert.Equal(1, removed);
        Assert.Equal(["moved"], await ClientsAsync("default"));
    }

    [ToolFact]
    public async Task Sweep_OfMoreThanABatch_SeesAll()
    {
        const int many = RetentionSweeper.BatchSize * 3;
        await Task.WhenAll(Enumerable.Range(0, many).Select(n => PutAsync($"default/many-{n}", new StoredProfile { LastSeenMs = n % 2 == 0 ? 1 : Cutoff })))
            .Within("all are stored");

        var (removed, _) = await SweepAsync();

        Assert.Equal(many / 2, removed);
        Assert.Equal(many / 2, (await ClientsAsync("default")).Count);
    }

    [ToolFact]
    public async Task Client_RemovedWhileInMemory_IsReadAnewByItsNextWrite()
    {
        TestCell cell = Cell("warm");
        await cell.StoreAsync(Acts.View("e1"));
        await cell.SaveAsync();

        var (removed, _) = await SweepAsync(long.MaxValue - 1);

        Assert.Equal(1, removed);
        await Assert.ThrowsAsync<Footprint.Grid.Engine.GridException>(() => cell.StoreAsync(Acts.View("e2")));
        Assert.Equal(1, cell.Conflicts);
    }

    private async Task<(int Removed, List<string> Unfolded)> SweepAsync(long cutoff = Cutoff)
    {
        var removed = 0;
        var unfolded = new List<string>();
        long cursor = 0;
        do
        {
            var batch = await Sweeper.StepAsync("default", cursor, cutoff, CancellationToken.None).Within("a batch is swept");
            cursor = batch.Cursor;
            removed += batch.Removed;
            unfolded.AddRange(batch.Unfolded);
        }
        while (cursor != 0);
        return (removed, unfolded);
    }

    private Task PutAsync(string client, StoredProfile profile)
    {
        var bytes = profile.ToByteArray();
        var checkpoint = new Checkpoint { Format = ProfileCodec.Format, Checksum = Core.Hashing.XxHash64.Hash(bytes), Profile = ByteString.CopyFrom(bytes) };
        return Redis.HashSetAsync($"fg:{{{client}}}", [new HashEntry("etag", "an-etag"), new HashEntry("data", checkpoint.ToByteArray())]);
    }

    private async Task<List<string>> ClientsAsync(string tenant)
    {
        var prefix = $"fg:{{{tenant}/";
        var keys = (string[])(await Redis.ExecuteAsync("KEYS", prefix + "*"))!;
        return [.. keys.Where(key => key.EndsWith('}')).Select(key => key[prefix.Length..^1])];
    }
}
