using Google.Rpc;

namespace Footprint.Grid.Node.Tests.Faults;

/// <summary>SIGTERM, as a rolling update sends it.</summary>
public sealed class ShutdownTests
{
    [Fact]
    public async Task Sigterm_DuringDurableStreams_EndsThemWithAStatusAndKeepsEveryAck()
    {
        using var folder = new TempFolder();
        using var run = new NodeFaultRun("sigterm", 1);
        var settings = new NodeSettings { Data = folder.Path };
        var node = await NodeProcess.StartAsync(settings);
        try
        {
            for (var round = 0; round < 2; round++)
            {
                var exit = -1;
                var ends = await run.StreamUntilAsync(node, async () =>
                {
                    run.History.Add(new HistoryLine(HistoryLine.Killed));
                    exit = await node.TerminateAsync();
                });

                Assert.True(exit == 0, $"exit code {exit}\n{node.Output}");
                Assert.All(ends, end => Assert.True(
                    end?.Code is Code.Ok or Code.Unavailable, $"a stream ended with {end?.ToString() ?? "a broken connection"}\n{node.Output}"));
                await node.DisposeAsync();
                node = await NodeProcess.StartAsync(settings);
                run.History.Add(new HistoryLine(HistoryLine.Restarted));
                await run.ObserveAsync(node);
            }

            await run.FinishAsync(node);
            await run.ObserveAsync(node);
        }
        finally
        {
            await node.DisposeAsync();
        }

        run.AssertNothingLostOrTwice();
    }
}
