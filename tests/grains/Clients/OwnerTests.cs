using Footprint.Grid.Conformance;
using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Storage;
using Footprint.Grid.Grains.Tests.Support;
using Footprint.Grid.V1;
using Google.Rpc;
using Microsoft.Extensions.Logging.Abstractions;

namespace Footprint.Grid.Grains.Tests.Clients;

/// <summary>One cluster or one node writes, never both.</summary>
[RequiresTool("redis-server")]
public sealed class OwnerTests : CellWorld
{
    [ToolFact]
    public async Task Owner_OfACluster_IsHeldByItsNameAndShared()
    {
        string owner = (await Redis.StringGetAsync("fg:owner"))!;
        long epoch = (long)await Redis.StringGetAsync("fg:epoch");
        await using OwnerLease silo = Lease(GridCluster.ClusterId);
        await using OwnerLease stranger = Lease("other");

        Assert.Equal($"cluster/{GridCluster.ClusterId}", owner);
        Assert.True(await silo.HoldAsync());
        Assert.Equal(epoch, silo.Epoch);
        Assert.False(await stranger.HoldAsync());
        Assert.NotNull(stranger.Problem);
    }

    [ToolFact]
    public async Task Store_AfterANodeTookOver_FailsAndWritesNothing()
    {
        TestCell cell = Cell();
        await cell.StoreAsync(Acts.View("e1"));
        await TakeAwayAsync();

        GridException e = await Assert.ThrowsAsync<GridException>(() => cell.StoreAsync(Acts.View("e2")));

        Assert.Equal(Code.Unavailable, e.Code);
        Assert.Equal(1, await Redis.ListLengthAsync("fg:{default/c1}:j"));
        await Patience.Until(() => Services.Redis.Problem is not null, "the silo says that it is not ready");
    }

    [ToolFact]
    public async Task Client_AfterANodeHadTheRedis_IsReadAnew()
    {
        TestCell cell = Cell();
        await cell.StoreAsync(Acts.View("e1"));
        await TakeAwayAsync();
        await Redis.KeyDeleteAsync("fg:{default/c1}:j");
        await Redis.KeyDeleteAsync("fg:owner");
        long before = Services.Redis.Epoch;

        await Patience.Until(() => Services.Redis.Epoch != before, "the cluster owns the Redis again");

        GridException e = await Assert.ThrowsAsync<GridException>(cell.CountAsync);
        Assert.Equal(Code.NotFound, e.Code);
        Assert.Equal(RecordResult.Types.Status.Durable, Assert.Single((await cell.StoreAsync(Acts.View("e1"))).Results).Status);
    }

    [ToolFact]
    public async Task Owner_LostAndNobodyElseHadIt_IsTakenUpUnderTheSameEpoch()
    {
        TestCell cell = Cell();
        await cell.StoreAsync(Acts.View("e1"));
        long before = Services.Redis.Epoch;
        await Redis.KeyDeleteAsync("fg:owner");

        await cell.StoreAsync(Acts.View("e2"));

        Assert.Equal(before, Services.Redis.Epoch);
        Assert.Equal(0, cell.Conflicts);
    }

    // What a node's start does to a lease that ran out.
    private async Task TakeAwayAsync()
    {
        await Redis.StringIncrementAsync("fg:epoch");
        await Redis.StringSetAsync("fg:owner", "a node");
    }

    private OwnerLease Lease(string cluster) =>
        new(Redis, cluster, TimeSpan.FromSeconds(5), TimeProvider.System, NullLogger<GridRedis>.Instance);
}
