namespace Footprint.Grid.Node.Tests.DecisionLog;

public sealed class DecisionLogTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Node_WithADecisionLog_LogsWhatItToldItsCallers()
    {
        var log = _folder.File("log");
        var traffic = new LoggedTraffic();
        await using (var node = await NodeProcess.StartAsync(new NodeSettings { Data = _folder.Path, More = ["--decision-log", log] }))
        {
            await traffic.SendAsync(node.Settings.Target);
            Assert.Equal(0, await node.TerminateAsync());
        }

        traffic.AssertLogged(log);
    }
}
