namespace Footprint.Grid.Node.Tests.Faults;

/// <summary>Likewise on Redis: the node is killed and Redis stays, or Redis is killed and the node stays.</summary>
public sealed class RedisKillTests
{
    public static TheoryData<int> Seeds => FaultSeeds.Some;

    [ProgramTheory(RedisProcess.Program)]
    [MemberData(nameof(Seeds))]
    public async Task KillOfTheNode_OnRedis_LosesNothingAndAppliesNothingTwice(int seed)
    {
        using var folder = new TempFolder();
        using var run = new NodeFaultRun("redis-node", seed);
        await using var redis = await RedisProcess.StartAsync(folder.Path);
        var settings = new NodeSettings { Data = folder.Path, More = ["--store", "redis", "--redis", redis.Address] };
        var node = await NodeProcess.StartAsync(settings);
        try
        {
            for (var kill = 0; kill < 2; kill++)
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

    [ProgramTheory(RedisProcess.Program)]
    [MemberData(nameof(Seeds))]
    public async Task KillOfRedisAndNode_LosesNothingAndAppliesNothingTwice(int seed)
    {
        using var folder = new TempFolder();
        using var run = new NodeFaultRun("redis-both", seed);
        await using var redis = await RedisProcess.StartAsync(folder.Path);
        var settings = new NodeSettings { Data = folder.Path, More = ["--store", "redis", "--redis", redis.Address] };
        var node = await NodeProcess.StartAsync(settings);
        try
        {
            await run.StreamUntilAsync(node, async () =>
            {
                run.History.Add(new HistoryLine(HistoryLine.Killed));
                await redis.KillAsync();
                await Patience.Until(async () => !await node.IsReadyAsync(), "the node says that it is not ready");
                await node.KillAsync();
            });
            await redis.StartAsync();
            await node.DisposeAsync();
            node = await NodeProcess.StartAsync(settings);
            run.History.Add(new HistoryLine(HistoryLine.Restarted));
            await run.ObserveAsync(node);
            await run.FinishAsync(node);
            await run.ObserveAsync(node);
        }
        finally
        {
            await node.DisposeAsync();
        }

        run.AssertNothingLostOrTwice();
    }

    [ProgramFact(RedisProcess.Program)]
    public async Task KillOfRedis_UnderARunningNode_IsSurvivedWithoutLoss()
    {
        using var folder = new TempFolder();
        using var run = new NodeFaultRun("redis-only", 1);
        await using var redis = await RedisProcess.StartAsync(folder.Path);
        await using var node = await NodeProcess.StartAsync(
            new NodeSettings { Data = folder.Path, More = ["--store", "redis", "--redis", redis.Address] });

        // The streams must neither break nor lie: what waits for the store is acknowledged once that is back.
        await run.StreamUntilPausedAsync(node, async () =>
        {
            run.History.Add(new HistoryLine(HistoryLine.Killed));
            await redis.KillAsync();
            await Patience.Until(async () => !await node.IsReadyAsync(), "the node says that it is not ready");
            await redis.StartAsync();
            await node.ReadyAsync();
            run.History.Add(new HistoryLine(HistoryLine.Restarted));
        });
        await run.ObserveAsync(node);

        run.AssertNothingLostOrTwice();
    }
}
