namespace Footprint.Grid.Node.Tests.Faults;

/// <summary>kill -9 of a node in the middle of durable streams, over and over, on the default store.</summary>
public sealed class KillTests
{
    private const int KillsPerSeed = 3;

    public static TheoryData<int> Seeds => FaultSeeds.All;

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Kill_DuringDurableStreams_LosesNothingAndAppliesNothingTwice(int seed)
    {
        using var folder = new TempFolder();
        using var run = new NodeFaultRun("kill", seed);
        var settings = new NodeSettings { Data = folder.Path };
        var node = await NodeProcess.StartAsync(settings);
        try
        {
            for (var kill = 0; kill < KillsPerSeed; kill++)
            {
                await run.StreamUntilKilledAsync(node);
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
