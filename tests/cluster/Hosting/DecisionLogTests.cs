namespace Footprint.Grid.Cluster.Tests.Hosting;

public sealed class DecisionLogTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ProgramFact(RedisProcess.Program)]
    public async Task Silo_WithADecisionLog_LogsWhatTheGatewayToldItsCallers()
    {
        var log = _folder.File("log");
        var traffic = new LoggedTraffic();
        await using var cluster = await ClusterProcesses.StartAsync(new ClusterShape { Silos = 1, Gateways = 1, SiloArguments = ["--decision-log", log] });
        await cluster.RunAsync(async () =>
        {
            await traffic.SendAsync(cluster.Target());
            Assert.Equal(0, await cluster.Silos[0].TerminateAsync());
            traffic.AssertLogged(log);
        });
    }
}
