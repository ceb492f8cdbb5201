using Footprint.Grid.Conformance;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Retention;
using Footprint.Grid.Grains.Retention;
using Footprint.Grid.Grains.Tests.Support;
using Footprint.Grid.Storage.V1;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Footprint.Grid.Grains.Tests.Retention;

/// <summary>Whom a sweep over a real Redis finds, and what those let go of.</summary>
[RequiresTool("redis-server")]
public sealed class RetentionSweeperTests : CellWorld
{
    private const int IdleDays = 30;

    private RetentionSweeper Sweeper => new(Services.Redis, Services.Store, Services.Tenants, Services.Options, Services.Time);

    [ToolFact]
    public async Task Sweep_FindsWhoWasIdle_AndNobodyElse()
    {
        await PutAsync("default/idle", days: IdleDays + 1);
        await PutAsync("default/seen", days: IdleDays - 1);
        await PutAsync("default/braces}:j", days: IdleDays + 1);
        await PutAsync("other/idle", days: IdleDays + 1);
        await PutAsync("nobodys/idle", days: IdleDays + 1);
        await Redis.HashSetAsync("fg:{default/strange}", [new HashEntry("etag", "e"), new HashEntry("data", "no checkpoint")]);
        await Redis.StringSetAsync("fg:{default/text}", "no hash");

        Assert.Equal(["braces}:j", "idle"], (await FindAsync()).Order());
    }

    [ToolFact]
    public async Task Sweep_ClientWithAJournalOnly_IsJudgedByIt()
    {
        TestCell cell = Cell("fresh");
        await cell.StoreAsync(Acts.View("e1"));
        Services.Options.Tenants["default"] = Services.Options.Tenants["default"] with { Retention = new RetentionRules { Idle = TimeSpan.FromHours(1) } };

        Assert.False(await Redis.KeyExistsAsync("fg:{default/fresh}"));
        Assert.Empty(await FindAsync());
    }

    [ToolFact]
    public async Task Sweep_OfMoreThanABatch_SeesAll()
    {
        const int many = RetentionSweeper.BatchSize * 3;
        await Task.WhenAll(Enumerable.Range(0, many).Select(n => PutAsync($"default/many-{n}", days: n % 2 == 0 ? IdleDays + 1 : 0)))
            .Within("all are stored");

        Assert.Equal(many / 2, (await FindAsync()).Count);
    }

    [ToolFact]
    public async Task Grain_Sweep_HasClientsLetGo_AndLeavesOthers()
    {
        await PutAsync("default/idle", days: IdleDays + 1);
        await PutAsync("default/seen", days: IdleDays - 1);
        Services.Options.Tenants["default"] = Services.Options.Tenants["default"] with { Retention = Rules };
        var grain = Client.GetRequiredService<IGrainFactory>().GetGrain<IRetentionGrain>(RetentionGrain.All);

        int swept = await grain.SweepAsync().Within("the sweep ends");
        int again = await grain.SweepAsync().Within("the second sweep ends");

        Assert.Equal((1, 0), (swept, again));
        Assert.True((await ReadAsync("idle")).ErasedAtMs > 0);
        Assert.Equal(0, (await ReadAsync("seen")).ErasedAtMs);
    }

    [ToolFact]
    public async Task Grain_Sweep_OfAClientThatRejectedSomething_KeepsItsNo()
    {
        await PutAsync("default/idle", days: IdleDays + 1, new StoredInterest { Topic = "golf", Trust = V1.Interest.Types.Trust.Rejected, TrustMs = 1, PassiveCount = 7 });
        Services.Options.Tenants["default"] = Services.Options.Tenants["default"] with { Retention = Rules };
        var grain = Client.GetRequiredService<IGrainFactory>().GetGrain<IRetentionGrain>(RetentionGrain.All);

        Assert.Equal(1, await grain.SweepAsync().Within("the sweep ends"));

        StoredProfile left = ProfileCodec.Save(await ReadAsync("idle"));
        Assert.Equal([new StoredInterest { Topic = "golf", Trust = V1.Interest.Types.Trust.Rejected, TrustMs = 1, LastSeenMs = 1 }], left.Interests);
        Assert.Empty(left.Counters);
    }

    [ToolFact]
    public async Task Grain_Sweep_OfSeveralTenants_LooksThroughRedisOnce()
    {
        // Arrange
        string[] tenants = ["default", "other", "strict"];
        foreach (string tenant in tenants)
        {
            Services.Options.Tenants[tenant] = Services.Options.Tenants[tenant] with { Retention = Rules };
            await PutAsync($"{tenant}/idle", days: IdleDays + 1);
        }

        await Task.WhenAll(Enumerable.Range(0, 4 * RetentionSweeper.BatchSize).Select(n => Redis.StringSetAsync($"other-{n}", ""))).Within("all are stored");
        long before = await ScansAsync();

        // Act
        int swept = await Client.GetRequiredService<IGrainFactory>().GetGrain<IRetentionGrain>(RetentionGrain.All).SweepAsync().Within("the sweep ends");

        // Assert: at most two batches more than there are keys for.
        Assert.Equal(tenants.Length, swept);
        Assert.InRange(await ScansAsync() - before, 4, 7);
    }

    private async Task<long> ScansAsync()
    {
        string stats = (string)(await Redis.ExecuteAsync("INFO", "commandstats"))!;
        string? line = Array.Find(stats.Split('\n'), l => l.StartsWith("cmdstat_scan:calls=", StringComparison.Ordinal));
        return line is null ? 0 : long.Parse(line.Split('=', ',')[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static RetentionRules Rules => new() { Idle = TimeSpan.FromDays(IdleDays) };

    private async Task<List<string>> FindAsync()
    {
        if (Services.Options.Tenants["default"].Retention.IsNone)
        {
            Services.Options.Tenants["default"] = Services.Options.Tenants["default"] with { Retention = Rules };
        }

        var due = new List<string>();
        long cursor = 0;
        do
        {
            SweptBatch batch = await Sweeper.StepAsync(cursor, CancellationToken.None).Within("a batch is swept");
            cursor = batch.Cursor;
            due.AddRange(batch.Due.Select(client => client.Tenant == "default" ? client.ClientId : client.ToString()));
        }
        while (cursor != 0);
        return due;
    }

    private async Task<ClientProfile> ReadAsync(string client) =>
        (await Services.Store.ReadAsync($"default/{client}", CancellationToken.None)).Rebuild(new("default", client)).Profile;

    private Task PutAsync(string client, int days, params StoredInterest[] interests)
    {
        long seen = DateTimeOffset.UtcNow.AddDays(-days).ToUnixTimeMilliseconds();
        byte[] bytes = new StoredProfile
        {
            JournalSequence = 1,
            Version = 1,
            FirstSeenMs = seen,
            LastSeenMs = seen,
            Counters = { new StoredCounter { Type = "view", Total = 1 } },
            Interests = { interests },
        }.ToByteArray();
        var checkpoint = new Checkpoint { Format = ProfileCodec.Format, Checksum = Core.Hashing.XxHash64.Hash(bytes), Profile = ByteString.CopyFrom(bytes) };
        return Redis.HashSetAsync($"fg:{{{client}}}", [new HashEntry("etag", "an-etag"), new HashEntry("data", checkpoint.ToByteArray())]);
    }
}
