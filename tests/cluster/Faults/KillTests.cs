using Xunit.Abstractions;

namespace Footprint.Grid.Cluster.Tests.Faults;

/// <summary>kill -9 of silos in the middle of durable streams, over and over.</summary>
[Collection(FaultClusterGroup.Name)]
public sealed class KillTests(FaultCluster cluster, ITestOutputHelper output)
{
    private const int KillsPerSeed = 2;

    public static TheoryData<int> Seeds => FaultSeeds.All;

    [ProgramTheory(RedisProcess.Program)]
    [MemberData(nameof(Seeds))]
    public Task Kill_OfSilosDuringDurableStreams_LosesNothingAndAppliesNothingTwice(int seed) => cluster.RunAsync(async () =>
    {
        using var run = new ClusterFaultRun("cluster-kill", seed, cluster);
        await run.StreamAsync(async () =>
        {
            for (var kill = 0; kill < KillsPerSeed; kill++)
            {
                await run.WaitForAcksAsync();
                var silo = run.AnySilo();
                await run.KillAsync(silo);

                // A silo that comes back at once tells the others that it was gone; one that stays away is found out.
                if (run.Toss())
                {
                    await run.StartAsync(silo);
                    await run.RecoverAsync();
                }
                else
                {
                    await run.RecoverAsync();
                    await run.StartAsync(silo);
                }
            }

            await run.WaitForAcksAsync();
        });
        await run.AssertNothingLostOrTwiceAsync();
        output.WriteLine($"seed {seed}: at most {run.MostFailed} tries in a row failed, a second each");
    });
}
