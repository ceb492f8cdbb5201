using Google.Rpc;
using Xunit.Abstractions;

namespace Footprint.Grid.Cluster.Tests.Faults;

/// <summary>Redis is killed, alone or with all silos, or stays away for a while.</summary>
[Collection(FaultClusterGroup.Name)]
public sealed class RedisKillTests(FaultCluster cluster, ITestOutputHelper output)
{
    private const int MostFailedAfterwards = 10;
    private const string AwayVariable = "REDIS_AWAY_SECONDS";

    // A second each. Eight stand for the minute of a long outage: longer than every time limit of a call to Redis.
    private static readonly int _triesWhileDown = int.TryParse(Environment.GetEnvironmentVariable(AwayVariable), out var seconds) ? seconds : 8;

    public static TheoryData<int> Seeds => FaultSeeds.Some;

    [ProgramTheory(RedisProcess.Program)]
    [MemberData(nameof(Seeds))]
    public Task Kill_OfRedisAndThenOfEverybody_LosesNothingAndAppliesNothingTwice(int seed) => cluster.RunAsync(async () =>
    {
        using var run = new ClusterFaultRun("cluster-redis", seed, cluster);
        await run.StreamAsync(async () =>
        {
            await run.WaitForAcksAsync();
            run.History.Add(new HistoryLine(HistoryLine.Killed));
            await cluster.Processes.Redis.KillAsync();
            await cluster.Processes.Redis.StartAsync();
            await run.RecoverAsync();

            await run.WaitForAcksAsync();
            await Task.WhenAll(cluster.Processes.Redis.KillAsync(), run.KillAsync([.. cluster.Processes.Silos]));
            await cluster.Processes.Redis.StartAsync();
            await run.StartAsync([.. cluster.Processes.Silos]);
            await run.RecoverAsync();
        });
        await run.AssertNothingLostOrTwiceAsync();
        output.WriteLine($"seed {seed}: at most {run.MostFailed} tries in a row failed, a second each");
    });

    [ProgramFact(RedisProcess.Program)]
    public Task Redis_AwayForAWhile_MakesNothingDurableAndNobodyDie_AndIsTakenUpAgain() => cluster.RunAsync(async () =>
    {
        using var run = new ClusterFaultRun("cluster-redis-away", 1, cluster);
        await run.RecoverAsync();
        run.History.Add(new HistoryLine(HistoryLine.Killed));
        await cluster.Processes.Redis.KillAsync();
        await cluster.UntilAllAsync("ready", 503, "nobody is ready without Redis");
        for (var n = 0; n < _triesWhileDown; n++)
        {
            var refused = await run.TryRecordAsync(n);
            Assert.True(refused?.Code is Code.Unavailable or Code.DeadlineExceeded, $"without Redis: {refused?.ToString() ?? "acknowledged"}");
            Assert.All(await cluster.ProbeAsync("live"), status => Assert.Equal(200, status));
        }

        await cluster.Processes.Redis.StartAsync();
        run.History.Add(new HistoryLine(HistoryLine.Restarted));
        await run.RecoverAsync(MostFailedAfterwards);
        await cluster.UntilAllAsync("ready", 200, "all are ready with Redis back");
        await run.AssertNothingLostOrTwiceAsync();
        output.WriteLine($"with Redis back at most {run.MostFailed} tries in a row failed, a second each");
    });
}
