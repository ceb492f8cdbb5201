using StackExchange.Redis;

namespace Footprint.Grid.Cluster.Tests.Faults;

/// <summary>The whole chain from caller to checker against a cluster that does lose a write: it must be found out.</summary>
[Collection(FaultClusterGroup.Name)]
public sealed class LostWriteTests(FaultCluster cluster)
{
    [ProgramFact(RedisProcess.Program)]
    public Task Redis_ThatDropsOneAcknowledgedWrite_IsFoundOut() => cluster.RunAsync(async () =>
    {
        using var run = new ClusterFaultRun("cluster-lost", 1, cluster);
        using var client = cluster.Processes.Client();
        var victim = run.Clients.Ids.First();
        await run.RecordAsync(client, new HistoryEvent("the-first-one", victim, "view", "the-first-item"));
        await run.RecordAsync(client, new HistoryEvent("the-last-one", victim, "view", "the-last-item"));
        var port = (await cluster.View.HostsAsync())[victim].Single();
        var silo = cluster.Processes.Silos.Single(one => one.Settings.SiloPort == port);

        await run.KillAsync(silo);
        await DropTheLastWriteAsync(victim);
        await run.StartAsync(silo);
        await cluster.MendAsync();
        await run.ObserveAsync(client);

        var violation = Assert.Single(run.Violations());
        Assert.StartsWith($"lost: the-last-one was acknowledged and is not in {victim}", violation);
    });

    /// <summary>Removes the newest entry of a client's journal behind the cluster's back.</summary>
    private async Task DropTheLastWriteAsync(string client)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(cluster.Processes.Redis.Address).Within("a connection to Redis");
        var dropped = await redis.GetDatabase().ListRightPopAsync($"fg:{{default/{client}}}:j").Within("the newest entry is removed");
        Assert.False(dropped.IsNull, "the journal was empty");
    }
}
