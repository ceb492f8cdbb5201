using Xunit.Abstractions;

namespace Footprint.Grid.Cluster.Tests.Faults;

/// <summary>
/// A silo that stands still until the others give it up, and then goes on: for a moment its clients are in memory twice. It
/// must acknowledge nothing that is lost, and end by itself once it knows.
/// </summary>
[Collection(FaultClusterGroup.Name)]
public sealed class PausedSiloTests(FaultCluster cluster, ITestOutputHelper output)
{
    [ProgramFact(RedisProcess.Program)]
    public Task Silo_ThatWasGivenUpAndGoesOn_AcknowledgesNothingThatIsLost_AndEnds() => cluster.RunAsync(async () =>
    {
        using var run = new ClusterFaultRun("cluster-pause", 1, cluster);
        await run.StreamAsync(async () =>
        {
            await run.WaitForAcksAsync();
            var silo = run.AnySilo();
            run.History.Add(new HistoryLine(HistoryLine.Killed));
            await SignalAsync(silo, "STOP");
            try
            {
                await Patience.Until(() => cluster.View.HasSilosAsync(cluster.Processes.Silos.Count - 1), "the silo that stands still is given up");
                await run.RecoverAsync();
            }
            finally
            {
                await SignalAsync(silo, "CONT");
            }

            await Patience.Until(() => !silo.IsRunning, "the silo that was given up ends");
            await run.StartAsync(silo);
            await run.RecoverAsync();
        });
        await run.AssertNothingLostOrTwiceAsync();
        output.WriteLine($"at most {run.MostFailed} tries in a row failed, a second each");
    });

    private static async Task SignalAsync(GridMember silo, string signal) =>
        (await Tool.RunAsync("sh", ["-c", $"kill -{signal} {silo.Process.Id}"])).Succeeded();
}
