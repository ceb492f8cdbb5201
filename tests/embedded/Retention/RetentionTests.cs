using Footprint.Grid.Conformance;
using Footprint.Grid.Core.Retention;
using Footprint.Grid.Embedded.Stores;
using Footprint.Grid.Embedded.Stores.Memory;
using Footprint.Grid.Embedded.Stores.Sqlite;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;

namespace Footprint.Grid.Embedded.Tests.Retention;

public sealed class RetentionTests
{
    private static readonly RetentionRules _rules = new()
    {
        Idle = TimeSpan.FromDays(100),
        Categories = new Dictionary<string, TimeSpan> { ["inferred"] = TimeSpan.FromDays(10) },
    };

    [Theory]
    [InlineData(StoreKind.Memory, true)]
    [InlineData(StoreKind.Sqlite, true)]
    [InlineData(StoreKind.Sqlite, false)]
    public async Task Sweep_ClockPutForward_TakesWhatIsDueAndNothingElse(StoreKind kind, bool inMemory)
    {
        await using EmbeddedHarness harness = await StartAsync(kind);
        await RecordAsync(harness, "default", "c1");
        await RecordAsync(harness, "other", "c1");
        await (inMemory ? Task.CompletedTask : harness.RestartAsync());
        await harness.Host.StopAsync(CancellationToken.None);
        await harness.StartAsync();
        if (inMemory)
        {
            await ReadAsync(harness, "default", "c1");
        }

        harness.Time.Advance(TimeSpan.FromDays(9));
        Assert.Equal(0, await harness.Host.SweepAsync(CancellationToken.None).Within("swept"));
        harness.Time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, await harness.Host.SweepAsync(CancellationToken.None).Within("swept"));
        Assert.Equal(0, await harness.Host.SweepAsync(CancellationToken.None).Within("swept"));

        Profile swept = await ReadAsync(harness, "default", "c1");
        Assert.Empty(swept.Interests);
        Assert.Single(swept.Counters);
        Assert.Single((await ReadAsync(harness, "other", "c1")).Interests);
    }

    [Fact]
    public async Task Sweep_IdleClient_IsErasedAsOfItsLastEvent()
    {
        await using EmbeddedHarness harness = await StartAsync(StoreKind.Sqlite);
        await RecordAsync(harness, "default", "idle");
        await harness.RestartAsync();

        harness.Time.Advance(TimeSpan.FromDays(101));
        Assert.Equal(1, await harness.Host.SweepAsync(CancellationToken.None).Within("swept"));
        await harness.RestartAsync();

        Assert.Equal(0, await harness.Host.SweepAsync(CancellationToken.None).Within("swept"));
        (IReadOnlyList<ClientKey> left, _) = await harness.Store.ListAsync(null, 100, CancellationToken.None);
        Assert.DoesNotContain(new ClientKey("default", "idle"), left);
        await RecordAsync(harness, "default", "idle");
        Assert.Equal(1UL, Assert.Single((await ReadAsync(harness, "default", "idle")).Counters).Total);
    }

    [Fact]
    public async Task Sweep_IdleClientThatRejectedSomething_KeepsItsNo()
    {
        await using EmbeddedHarness harness = await StartAsync(StoreKind.Sqlite);
        await RecordAsync(harness, "default", "c1");
        await harness.Clients.ConfirmInterestAsync(
            new ConfirmInterestRequest { ClientId = "c1", Topic = "golf", Answer = ConfirmInterestRequest.Types.Answer.Reject },
            Call(harness, "default")).Within("rejected");
        await harness.RestartAsync();

        harness.Time.Advance(TimeSpan.FromDays(101));
        Assert.Equal(1, await harness.Host.SweepAsync(CancellationToken.None).Within("swept"));
        await harness.RestartAsync();
        await RecordAsync(harness, "default", "c1");

        Profile left = await ReadAsync(harness, "default", "c1");
        Assert.Equal((Interest.Types.Trust.Rejected, 0.0), (Assert.Single(left.Interests).Trust, left.Interests[0].Affinity));
    }

    [Fact]
    public async Task List_AllPages_NameEveryClientOnce()
    {
        await using EmbeddedHarness harness = await StartAsync(StoreKind.Sqlite);
        for (int i = 0; i < 7; i++)
        {
            await RecordAsync(harness, "default", $"c/{i}");
        }

        await harness.RestartAsync();
        var all = new List<ClientKey>();
        string? from = null;
        do
        {
            (IReadOnlyList<ClientKey> page, from) = await harness.Store.ListAsync(from, 3, CancellationToken.None);
            all.AddRange(page);
        }
        while (from is not null);

        Assert.Equal(Enumerable.Range(0, 7).Select(i => new ClientKey("default", $"c/{i}")), all.OrderBy(k => k.ClientId, StringComparer.Ordinal));
    }

    private static Task<EmbeddedHarness> StartAsync(StoreKind kind)
    {
        EmbeddedOptions options = EmbeddedHarness.SmallOptions();
        options.Tenants["default"] = options.Tenants["default"] with { Retention = _rules };
        var directory = new TempDirectory();
        var disk = new MemoryDisk();
        Func<IGridStore> open = kind == StoreKind.Sqlite ? () => new SqliteStore(directory.Path, TimeProvider.System) : () => new MemoryStore(disk);
        return EmbeddedHarness.StartAsync(open, options, directory.Delete);
    }

    private static CallContext Call(EmbeddedHarness harness, string tenant) => new(tenant, harness.Time.GetUtcNow().AddSeconds(50), CancellationToken.None);

    private static Task<Profile> ReadAsync(EmbeddedHarness harness, string tenant, string client) =>
        harness.Clients.GetProfileAsync(new GetProfileRequest { ClientId = client }, Call(harness, tenant)).Within("read");

    private static Task<RecordResponse> RecordAsync(EmbeddedHarness harness, string tenant, string client)
    {
        var act = new FootprintEvent { ClientId = client, Type = "view", Topics = { new TopicWeight { Topic = "golf", Weight = 1 } } };
        return harness.Clients.RecordAsync(new RecordRequest { Ack = RecordRequest.Types.Ack.Durable, Events = { act } }, Call(harness, tenant)).Within("recorded");
    }
}
