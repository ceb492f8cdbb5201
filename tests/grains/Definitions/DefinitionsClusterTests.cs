using Footprint.Grid.Conformance;
using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Definitions;
using Footprint.Grid.Grains.Tests.Tenants;
using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Rpc;
using Orleans.TestingHost;
using StackExchange.Redis;

namespace Footprint.Grid.Grains.Tests.Definitions;

[RequiresTool("redis-server")]
public sealed class DefinitionsClusterTests
{
    [ToolFact]
    public async Task Upsert_Returned_IsOnEverySilo()
    {
        await using TenantCluster cluster = await TenantCluster.StartAsync(silos: 3);
        for (int round = 0; round < 20; round++)
        {
            ulong version = await DefineAsync(cluster, $"i{round}");

            Assert.All(cluster.Silos, silo =>
            {
                Assert.Equal(version, TenantCluster.On(silo).Definitions.Version);
                Assert.NotNull(TenantCluster.On(silo).Definitions.Items.Find($"i{round}"));
            });
        }
    }

    [ToolFact]
    public async Task Grain_AndItsSilo_ShareOneSnapshot()
    {
        await using TenantCluster cluster = await TenantCluster.StartAsync(silos: 2);
        await DefineAsync(cluster, "a", "b");

        InProcessSiloHandle host = await cluster.HostOfAsync(Grain(cluster));

        // The replica makes no snapshot of its own of what the grain published: the item is one object from then on.
        var item = TenantCluster.On(host).Definitions.Items.Get("a");
        await DefineAsync(cluster, "c");
        Assert.Same(item, TenantCluster.On(host).Definitions.Items.Get("a"));
        Assert.Equal(3, TenantCluster.On(host).Definitions.Items.Count);
    }

    [ToolFact]
    public async Task Silo_StartedLater_HasTheDefinitionsBeforeItServes()
    {
        await using TenantCluster cluster = await TenantCluster.StartAsync(silos: 1);
        ulong version = await DefineAsync(cluster, "a");

        InProcessSiloHandle silo = await cluster.AddAsync();

        Assert.Equal(version, TenantCluster.On(silo).Definitions.Version);
        await Patience.Until(() => Followed(cluster), "the new silo follows");
        Assert.Equal(await DefineAsync(cluster, "b"), TenantCluster.On(silo).Definitions.Version);

        bool Followed(TenantCluster c) => DefineAsync(c, "x").Within("defined").GetAwaiter().GetResult() == TenantCluster.On(silo).Definitions.Version;
    }

    [ToolFact]
    public async Task OwnerSilo_Killed_OthersGoOnAndNothingDurableIsLost()
    {
        await using TenantCluster cluster = await TenantCluster.StartAsync(silos: 3);
        ulong before = await DefineAsync(cluster, "a");
        InProcessSiloHandle owner = await cluster.HostOfAsync(Grain(cluster));

        await cluster.KillAsync(owner);
        ulong after = await DefineWhenPossibleAsync(cluster, "b");

        Assert.True(after > before);
        await Patience.Until(
            () => cluster.Silos.Where(s => s.IsActive).All(s => TenantCluster.On(s).Definitions.Version >= after), "every silo has the change");
        Assert.All(cluster.Silos.Where(s => s.IsActive), s => Assert.NotNull(TenantCluster.On(s).Definitions.Items.Find("a")));
    }

    [ToolFact]
    public async Task Follower_TooFarBehind_ReadsEverything()
    {
        await using TenantCluster cluster = await TenantCluster.StartAsync(silos: 2);
        ulong version = await DefineAsync(cluster, "a");

        // A change that the grain's memory does not hold: somebody restored the store to another version.
        await cluster.OnRedisAsync(async redis =>
        {
            await redis.HashSetAsync("fg:definitions:default", "1:b", new Item { ItemId = "b" }.ToByteArray());
            return await redis.StringSetAsync("fg:definitions:default:v", $"{version + 10}");
        });
        await ThrowsAsync(Code.Unavailable, () => DefineAsync(cluster, "c"));
        ulong later = await DefineAsync(cluster, "c");

        Assert.Equal(version + 11, later);
        await Patience.Until(() => cluster.Silos.All(s => TenantCluster.On(s).Definitions.Version == later), "every silo caught up");
        Assert.All(cluster.Silos, s => Assert.Equal(["a", "b", "c"], TenantCluster.On(s).Definitions.Items.Page("", 10).Select(i => i.ItemId)));
    }

    [ToolFact]
    public async Task Layout_IsThatOfANode()
    {
        await using TenantCluster cluster = await TenantCluster.StartAsync(silos: 1);
        await DefineAsync(cluster, "a", "b");
        await cluster.Definitions.UpsertCampaignsAsync(new UpsertCampaignsRequest { Campaigns = { new Campaign { CampaignId = "ad" } } }, TenantCluster.Call()).Within("defined");
        await cluster.Definitions.DeleteItemAsync(new DeleteItemRequest { ItemId = "b" }, TenantCluster.Call()).Within("deleted");

        HashEntry[] rows = await cluster.OnRedisAsync(r => r.HashGetAllAsync("fg:definitions:default"));
        RedisValue version = await cluster.OnRedisAsync(r => r.StringGetAsync("fg:definitions:default:v"));

        Assert.Equal(["1:a", "2:ad"], rows.Select(r => (string)r.Name!).Order());
        Assert.Equal("3", version);
        Assert.Equal("a", Item.Parser.ParseFrom((byte[])rows.Single(r => r.Name == "1:a").Value!).ItemId);
    }

    [ToolFact]
    public async Task Errors_AcrossSilos_AreExact()
    {
        await using TenantCluster cluster = await TenantCluster.StartAsync(silos: 1);
        var request = new UpsertItemsRequest { Items = { new Item { ItemId = "a" }, new Item() } };

        GridException e = await ThrowsAsync(Code.InvalidArgument, () => cluster.Definitions.UpsertItemsAsync(request, TenantCluster.Call()).Within("refused"));

        Fault fault = Assert.Single(e.Faults);
        Assert.Equal("items[1].itemId", fault.Field);
        Assert.NotEqual("", fault.Limit);
        await ThrowsAsync(Code.NotFound, () => cluster.Definitions.GetItemAsync(new GetItemRequest { ItemId = "a" }, TenantCluster.Call()).Within("refused"));
        CallContext nobody = TenantCluster.Call() with { Tenant = "nobody" };
        await ThrowsAsync(Code.FailedPrecondition, () => cluster.Definitions.GetItemAsync(new GetItemRequest { ItemId = "a" }, nobody).Within("refused"));
    }

    [ToolFact]
    public async Task Callers_AtOnce_EachGetAVersionOfTheirOwn()
    {
        await using TenantCluster cluster = await TenantCluster.StartAsync(silos: 2);

        ulong[] versions = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => DefineAsync(cluster, $"i{i}"))).Within("all are defined");

        Assert.Equal(40, versions.Distinct().Count());
        Assert.All(cluster.Silos, s => Assert.Equal(40, TenantCluster.On(s).Definitions.Items.Count));
    }

    [ToolFact]
    public async Task Redis_DownForAWhile_ReadsWorkAndChangesComeBack()
    {
        await using TenantCluster cluster = await TenantCluster.StartAsync(silos: 1);
        await DefineAsync(cluster, "a");
        cluster.Server.Kill();

        await ThrowsAsync(Code.Unavailable, () => DefineAsync(cluster, "b"));
        ListItemsResponse meanwhile = await cluster.Definitions.ListItemsAsync(new ListItemsRequest(), TenantCluster.Call()).Within("listed");
        await cluster.Server.RunAsync();
        await DefineWhenPossibleAsync(cluster, "c");

        // Whether "b" was made the caller was not told; what is served is what is stored.
        HashEntry[] rows = await cluster.OnRedisAsync(r => r.HashGetAllAsync("fg:definitions:default"));
        Assert.Equal(["a"], meanwhile.Items.Select(i => i.ItemId));
        Assert.Contains("1:c", rows.Select(r => (string)r.Name!));
        Assert.Equal(rows.Select(r => (string)r.Name!).Order(), TenantCluster.On(cluster.Silos[0]).Definitions.Items.Page("", 10).Select(i => $"1:{i.ItemId}"));
    }

    private static IDefinitionsGrain Grain(TenantCluster cluster) => cluster.Grains.GetGrain<IDefinitionsGrain>(TenantCluster.Tenant);

    private static async Task<ulong> DefineAsync(TenantCluster cluster, params string[] ids)
    {
        var request = new UpsertItemsRequest { Items = { ids.Select(id => new Item { ItemId = id, Topics = { new TopicWeight { Topic = "golf", Weight = 1 } } }) } };
        return (await cluster.Definitions.UpsertItemsAsync(request, TenantCluster.Call()).Within("the items are defined")).Version;
    }

    private static async Task<ulong> DefineWhenPossibleAsync(TenantCluster cluster, string id)
    {
        ulong version = 0;
        await Patience.Until(
            () =>
            {
                try
                {
                    version = DefineAsync(cluster, id).GetAwaiter().GetResult();
                    return true;
                }
                catch (GridException e) when (e.Code == Code.Unavailable)
                {
                    return false;
                }
            },
            "changes are taken again");
        return version;
    }

    private static async Task<GridException> ThrowsAsync(Code code, Func<Task> act)
    {
        GridException e = await Assert.ThrowsAsync<GridException>(act);
        Assert.True(code == e.Code, $"{e}");
        return e;
    }
}
