using Footprint.Grid.K8s.Tests.Processes;

namespace Footprint.Grid.K8s.Tests.Redis;

/// <summary>Backup and restore as docs/operations.md tells them, with a real Redis.</summary>
public sealed class RestoreTests
{
    private static readonly string[] _steps =
    [
        "redis-cli -h HOST --rdb backup.rdb",
        "redis-server --dir /data --dbfilename backup.rdb --appendonly no",
        "redis-cli CONFIG SET appendonly yes",
        "redis-cli INFO persistence",
        "redis-cli SHUTDOWN NOSAVE",
    ];

    [Fact]
    public void Document_TellsTheStepsThatAreTestedHere() =>
        Assert.All(_steps, step => Assert.Contains(step, Repository.Read("docs/operations.md")));

    [ToolFact("redis-server", "redis-cli")]
    public async Task Backup_RestoredAsTheDocumentTells_HoldsWhatWasThereThen()
    {
        using var old = new TempFolder();
        using var restored = new TempFolder();
        await BackUpAsync(old.Path, restored.File("backup.rdb"));

        using (var redis = await DevRedis.WithArgumentsAsync(restored.Path, "--dbfilename", "backup.rdb", "--appendonly", "no"))
        {
            Assert.Equal("OK", await redis.AskAsync("CONFIG", "SET", "appendonly", "yes"));
            await RewrittenAsync(redis).Within("the append-only file is written");
            await redis.AskAsync("SHUTDOWN", "NOSAVE");
            await redis.EndedAsync();
        }

        using var again = await DevRedis.AsInDevAsync(restored.Path);
        Assert.Equal("kept", await again.AskAsync("GET", "before"));
        Assert.Equal("", await again.AskAsync("GET", "after"));
    }

    [ToolFact("redis-server", "redis-cli")]
    public async Task Backup_PutInPlaceWithoutThoseSteps_IsNotRead()
    {
        using var old = new TempFolder();
        using var restored = new TempFolder();
        await BackUpAsync(old.Path, restored.File("dump.rdb"));

        using var redis = await DevRedis.AsInDevAsync(restored.Path);

        Assert.Equal("", await redis.AskAsync("GET", "before"));
    }

    private static async Task RewrittenAsync(DevRedis redis)
    {
        while (!(await redis.AskAsync("INFO", "persistence")).Contains("aof_rewrite_in_progress:0", StringComparison.Ordinal))
        {
            // Asked anew; each question takes a process.
        }
    }

    private static async Task BackUpAsync(string folder, string file)
    {
        using var redis = await DevRedis.AsInDevAsync(folder);
        await redis.AskAsync("SET", "before", "kept");
        await redis.AskAsync("--rdb", file);
        await redis.AskAsync("SET", "after", "lost");
        Assert.Equal("lost", await redis.AskAsync("GET", "after"));
    }
}
