using Footprint.Grid.Conformance;
using Footprint.Grid.Core.Storage;
using Footprint.Grid.Embedded.Stores;
using Footprint.Grid.Embedded.Stores.Redis;
using Footprint.Grid.Engine;
using StackExchange.Redis;

namespace Footprint.Grid.Embedded.Tests.Stores;

[RequiresTool("redis-server")]
public sealed class RedisStoreTests : StoreConformance
{
    private RedisServer? _server;

    [ToolFact]
    public async Task Append_AfterRedisForgotItsScripts_Works()
    {
        var a = new TestClient("t", "a");
        await AppendAsync(Segment((a, 1)));
        await using RedisPeer peer = await RedisPeer.ConnectAsync(_server!);
        peer.Server.ScriptFlush();

        await AppendAsync(Segment((a, 2)));

        Assert.Equal([1UL, 2], Sequences(await LoadAsync("a")));
    }

    [ToolFact]
    public async Task Append_RedisRestarted_FailsThenWorksAndIsThereOnce()
    {
        var a = new TestClient("t", "a");
        await AppendAsync(Segment((a, 1)));
        _server!.Kill();
        var segment = Segment((a, 2));
        await Assert.ThrowsAsync<StoreException>(() => AppendAsync(segment));
        await _server.RunAsync();

        await Patience.Until(() => TryAppend(segment), "the store takes the append again");
        await AppendAsync(segment);

        Assert.Equal([1UL, 2], Sequences(await LoadAsync("a")));
    }

    [ToolFact]
    public async Task Append_AnotherOwner_IsFencedOff()
    {
        var a = new TestClient("t", "a");
        await AppendAsync(Segment((a, 1)));
        await using RedisPeer other = await RedisPeer.ConnectAsync(_server!);
        await other.Redis.StringSetAsync(RedisLayout.Owner, "somebody else");

        await Assert.ThrowsAsync<StoreConflictException>(() => AppendAsync(Segment((a, 2))));

        Assert.Equal([1UL], Sequences(await LoadAsync("a")));
    }

    [ToolFact]
    public async Task Append_LeaseRanOut_IsTakenUpOnlyIfNobodyElseHadIt()
    {
        var a = new TestClient("t", "a");
        await AppendAsync(Segment((a, 1)));
        await using RedisPeer other = await RedisPeer.ConnectAsync(_server!);
        IDatabase redis = other.Redis;

        await redis.KeyDeleteAsync(RedisLayout.Owner);
        await AppendAsync(Segment((a, 2)));
        await redis.StringIncrementAsync(RedisLayout.Epoch);
        await redis.KeyDeleteAsync(RedisLayout.Owner);

        await Assert.ThrowsAsync<StoreConflictException>(() => AppendAsync(Segment((a, 3))));
        Assert.Equal([1UL, 2], Sequences(await LoadAsync("a")));
    }

    [ToolFact]
    public async Task Append_CheckpointOfAnotherWriter_IsAConflict()
    {
        var a = new TestClient("t", "a");
        await AppendAsync(Segment((a, 1)));
        await using RedisPeer other = await RedisPeer.ConnectAsync(_server!);
        await other.Redis.HashSetAsync(RedisLayout.Checkpoint(a.Key), "etag", "foreign");

        await Assert.ThrowsAsync<StoreConflictException>(() => AppendAsync(Segment((a, 2))));
    }

    [ToolFact]
    public async Task Save_Checkpoint_HasExactlyTheFieldsThatAClusterReads()
    {
        var a = new TestClient("default", "c1");
        await AppendAsync(Segment((a, 1), (a, 2)));
        await SaveAsync(a, 1, "bytes");
        await using RedisPeer other = await RedisPeer.ConnectAsync(_server!);

        HashEntry[] fields = await other.Redis.HashGetAllAsync("fg:{default/c1}");

        Assert.Equal(["data", "etag"], fields.Select(f => (string)f.Name!).Order());
        Assert.Equal(1, await other.Redis.ListLengthAsync("fg:{default/c1}:j"));
    }

    private protected override async Task<IGridStore> CreateAsync()
    {
        _server ??= await RedisServer.StartAsync();
        return new RedisStore(_server.Endpoint, TimeProvider.System);
    }

    private protected override void CleanUp() => _server?.Dispose();

    private bool TryAppend(Embedded.Journal.JournalSegment segment)
    {
        try
        {
            return AppendAsync(segment).Wait(Patience.Limit);
        }
        catch (AggregateException e) when (e.InnerException is StoreException)
        {
            return false;
        }
    }
}
