namespace Footprint.Grid.Cluster.Tests.Faults;

/// <summary>What health says while Redis is away: it must not get anybody killed, and must keep callers away.</summary>
public sealed class HealthTests
{
    [ProgramFact(RedisProcess.Program)]
    public async Task Redis_Down_IsLiveAndNotReady_AndBackIsReady()
    {
        await using var cluster = await ClusterProcesses.StartAsync(new ClusterShape { Silos = 1, Gateways = 1 });
        await cluster.RunAsync(async () =>
        {
            GridMember[] all = [cluster.Silos[0], cluster.Gateways[0]];
            Assert.All(await ProbeAsync(all, "startup"), status => Assert.Equal(200, status));

            await cluster.Redis.KillAsync();
            await UntilAllAsync(all, "ready", 503, "nobody is ready without Redis");
            Assert.All(await ProbeAsync(all, "live"), status => Assert.Equal(200, status));
            Assert.All(await ProbeAsync(all, "startup"), status => Assert.Equal(200, status));

            await cluster.Redis.StartAsync();
            await UntilAllAsync(all, "ready", 200, "all are ready with Redis back");
        });
    }

    [ProgramFact(RedisProcess.Program)]
    public async Task Silo_Gone_MakesTheGatewayNotReadyAndLive()
    {
        await using var cluster = await ClusterProcesses.StartAsync(new ClusterShape { Silos = 1, Gateways = 1 });
        await cluster.RunAsync(async () =>
        {
            await cluster.Silos[0].KillAsync();
            await UntilAllAsync([cluster.Gateways[0]], "ready", 503, "the gateway without silos is not ready");
            Assert.Equal(200, await cluster.Gateways[0].ProbeAsync("live"));

            await cluster.Silos[0].StartAsync();
            await UntilAllAsync([cluster.Gateways[0]], "ready", 200, "the gateway finds the silo again");
        });
    }

    private static Task<int[]> ProbeAsync(IEnumerable<GridMember> members, string endpoint) =>
        Task.WhenAll(members.Select(member => member.ProbeAsync(endpoint)));

    private static Task UntilAllAsync(GridMember[] members, string endpoint, int status, string what) => Patience.Until(
        async () => (await ProbeAsync(members, endpoint)).All(found => found == status), what);
}
