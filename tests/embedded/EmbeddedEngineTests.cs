using Footprint.Grid.Conformance;
using Footprint.Grid.Embedded.Stores.Memory;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Status = Footprint.Grid.V1.RecordResult.Types.Status;

namespace Footprint.Grid.Embedded.Tests;

/// <summary>What is the embedded engine's own: its bounds, its quarantine, its way with a store that misbehaves.</summary>
public sealed class EmbeddedEngineTests
{
    private readonly MemoryDisk _disk = new();

    [Fact]
    public async Task Record_TooMuchWaitsForTheStore_IsRefusedAndNothingElseIsLost()
    {
        EmbeddedOptions options = EmbeddedHarness.SmallOptions();
        options.MaxPendingBytes = 64 << 10;
        await using EmbeddedHarness harness = await StartAsync(options);
        await RecordAsync(harness, Event("c1", "first"));
        harness.SetStoreDown(true);

        ulong applied = 1;
        GridException? refusal = null;
        for (int i = 0; refusal is null; i++)
        {
            Assert.InRange(i, 0, 10_000);
            try
            {
                await RecordAsync(harness, Event("c1", $"e{i}"));
                applied++;
            }
            catch (GridException e)
            {
                refusal = e;
            }
        }

        ulong during = await CountAsync(harness, "c1");
        await Patience.Until(() => harness.Health.NotReady is not null, "the engine says that it is not ready");
        harness.SetStoreDown(false);
        await Patience.Until(() => harness.Health.NotReady is null, "the store takes what waited");
        await RecordAsync(harness, Event("c1", "last"), RecordRequest.Types.Ack.Durable);
        await harness.KillAsync();

        Assert.Equal(Code.ResourceExhausted, refusal.Code);
        Assert.Equal(applied, during);
        Assert.Equal(applied + 1, await CountAsync(harness, "c1"));
    }

    [Fact]
    public async Task Store_Hanging_IsNotReadyButServesWhatIsInMemory()
    {
        EmbeddedOptions options = EmbeddedHarness.SmallOptions();
        options.SlowStore = TimeSpan.FromMilliseconds(20);
        await using EmbeddedHarness harness = await StartAsync(options);
        await RecordAsync(harness, Event("warm", "e1"), RecordRequest.Types.Ack.Durable);
        harness.Faults.Hang();

        Task<RecordResponse> cold = RecordAsync(harness, Event("cold", "e1"));
        RecordResponse warm = await RecordAsync(harness, Event("warm", "e2"));
        await Patience.Until(() => harness.Health.NotReady is not null, "the engine says that it is not ready");

        Assert.Equal(Status.Applied, warm.Results[0].Status);
        Assert.False(cold.IsCompleted);
        harness.Faults.Resume();
        Assert.Equal(Status.Applied, (await cold.Within("the cold client comes")).Results[0].Status);
        await Patience.Until(() => harness.Health.NotReady is null, "the engine is ready again");
    }

    [Fact]
    public async Task Record_ColdClientAndStoreDown_RejectsThatClientOnly()
    {
        await using EmbeddedHarness harness = await StartAsync();
        await RecordAsync(harness, Event("warm", "e1"), RecordRequest.Types.Ack.Durable);
        harness.SetStoreDown(true);
        var request = new RecordRequest { Events = { Event("cold", "e1"), Event("warm", "e2") } };

        RecordResponse response = await harness.Clients.RecordAsync(request, Call()).Within("recorded");

        Assert.Equal([Status.Rejected, Status.Applied], response.Results.Select(r => r.Status));
        Assert.Equal("UNAVAILABLE", response.Results[0].Error.Code);
    }

    [Fact]
    public async Task Memory_ManyProfiles_StaysWithinItsBound()
    {
        await using EmbeddedHarness harness = await StartAsync();
        for (int i = 0; i < 1000; i++)
        {
            await RecordAsync(harness, Event($"c{i}", "e1"), i % 50 == 49 ? RecordRequest.Types.Ack.Durable : RecordRequest.Types.Ack.Applied);
        }

        await Patience.Until(() => harness.Host.Load.Profiles <= 64, "profiles leave memory");
        Assert.Equal(1UL, await CountAsync(harness, "c0"));
    }

    [Fact]
    public async Task Memory_PicksForRandomIds_EvictNoProfileAndStayBounded()
    {
        await using EmbeddedHarness harness = await StartAsync();
        for (int i = 0; i < 20; i++)
        {
            await RecordAsync(harness, Event($"c{i}", "e1"), RecordRequest.Types.Ack.Durable);
        }

        for (int i = 0; i < 2000; i++)
        {
            var request = new PickContentRequest { ClientId = $"random{i}", Placement = "home" };
            harness.Clients.Release(await harness.Clients.PickContentAsync(request, Call()).Within("picked"));
        }

        Assert.InRange(harness.Host.InMemory("default"), 20, 64 + 20);
        Assert.DoesNotContain(_disk.Clients.Keys, k => k.ClientId.StartsWith("random", StringComparison.Ordinal));
        harness.SetStoreDown(true);
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(1UL, await CountAsync(harness, $"c{i}"));
        }
    }

    [Fact]
    public async Task Stored_Damaged_IsQuarantinedNotOverwrittenUntilErased()
    {
        await using EmbeddedHarness harness = await StartAsync();
        await RecordAsync(harness, Event("c1", "e1"), RecordRequest.Types.Ack.Durable);
        await harness.RestartAsync();
        MemoryClient stored = _disk.Clients[new ClientKey("default", "c1")];
        stored.Checkpoint[^1] ^= 1;
        byte[] damaged = [.. stored.Checkpoint];

        RecordResponse refused = await RecordAsync(harness, Event("c1", "e2"));
        PickContentResponse pick = await harness.Clients.PickContentAsync(new PickContentRequest { ClientId = "c1", Placement = "home" }, Call()).Within("picked");
        GridException read = await Assert.ThrowsAsync<GridException>(() => CountAsync(harness, "c1"));
        await harness.RestartAsync();

        Assert.Equal("DATA_LOSS", refused.Results[0].Error.Code);
        Assert.False(pick.Personalized);
        Assert.Equal(Code.DataLoss, read.Code);
        Assert.Equal(damaged, stored.Checkpoint);
        Assert.Equal("c1", Assert.Single(_disk.Quarantine).Id);

        await harness.Clients.EraseAsync(new EraseRequest { ClientId = "c1" }, Call()).Within("erased");
        FootprintEvent later = Event("c1", "e3");
        later.Time = Timestamp.FromDateTimeOffset(DateTimeOffset.UtcNow.AddMinutes(1));
        await RecordAsync(harness, later, RecordRequest.Types.Ack.Durable);
        await harness.KillAsync();

        Assert.Equal(1UL, await CountAsync(harness, "c1"));
        await Patience.Until(() => _disk.Quarantine.Count == 0, "the erased client leaves the quarantine, too");
    }

    [Fact]
    public async Task Journal_FoundAtStart_IsCheckpointedInTheBackground()
    {
        await using EmbeddedHarness harness = await StartAsync();
        for (int i = 0; i < 50; i++)
        {
            await RecordAsync(harness, Event($"c{i}", "e1"), RecordRequest.Types.Ack.Durable);
        }

        await harness.KillAsync();

        await Patience.Until(() => harness.Host.Load.JournalBytes == 0, "the journal is folded into checkpoints");
        Assert.All(_disk.Clients.Values, c => Assert.Empty(c.Journal));
        Assert.Equal(50, _disk.Clients.Values.Count(c => c.Checkpoint.Length > 0));
    }

    [Fact]
    public async Task Journal_BeyondItsBound_IsCheckpointedWhileWorkGoesOn()
    {
        EmbeddedOptions options = EmbeddedHarness.SmallOptions();
        options.MaxJournalBytes = 1 << 20;
        await using EmbeddedHarness harness = await StartAsync(options);
        var request = new RecordRequest { Ack = RecordRequest.Types.Ack.Durable };
        for (int round = 0; round < 40; round++)
        {
            request.Events.Clear();
            request.Events.AddRange(Enumerable.Range(0, 1000).Select(i => Event($"c{i % 50}", $"{round}-{i}")));
            try
            {
                await harness.Clients.RecordAsync(request, Call()).Within("recorded");
            }
            catch (GridException e) when (e.Code == Code.ResourceExhausted)
            {
                // Checkpoints lag behind: shed, not stuck.
            }
        }

        await Patience.Until(() => harness.Host.Load.JournalBytes < 1 << 20, "the journal is cut");
    }

    [Fact]
    public async Task Shown_NotJournalled_SurvivesAnOrderlyEnd()
    {
        await using EmbeddedHarness harness = await StartAsync();
        await harness.Definitions.UpsertItemsAsync(new UpsertItemsRequest { Items = { new Item { ItemId = "i1", Topics = { new TopicWeight { Topic = "golf", Weight = 1 } } } } }, Call()).Within("defined");
        await RecordAsync(harness, Event("c1", "e1"), RecordRequest.Types.Ack.Durable);
        await harness.RestartAsync();
        await harness.Clients.PickContentAsync(new PickContentRequest { ClientId = "c1", Placement = "home" }, Call()).Within("picked");

        await harness.RestartAsync();

        ExportResponse export = await harness.Clients.ExportAsync(new ExportRequest { ClientId = "c1" }, Call()).Within("exported");
        Assert.Equal("i1", Assert.Single(export.Impressions).ItemId);
    }

    [Fact]
    public async Task PickAtOnce_ClientInMemory_PicksOfTheMessageAndNothingForOthers()
    {
        await using EmbeddedHarness harness = await StartAsync();
        await harness.Definitions.UpsertItemsAsync(new UpsertItemsRequest { Items = { new Item { ItemId = "i1", Topics = { new TopicWeight { Topic = "golf", Weight = 1 } } } } }, Call()).Within("defined");
        await RecordAsync(harness, Event("c1", "e1"));
        var request = new PickContentRequest { ClientId = "c1", Placement = "home" };

        PickContentResponse atOnce = PickContentResponse.Parser.ParseFrom(harness.Clients.PickContentAtOnce(request.ToByteArray(), Call()));
        PickContentResponse later = await harness.Clients.PickContentAsync(request, Call()).Within("picked");

        Assert.Equal(later.Picks.Select(p => (p.ItemId, p.Reasons.Count)), atOnce.Picks.Select(p => (p.ItemId, p.Reasons.Count)));
        Assert.True(atOnce.Personalized);
        Assert.All(
            [
                new PickContentRequest { ClientId = "c2", Placement = "home" },
                new PickContentRequest { ClientId = "c1" },
                new PickContentRequest { ClientId = "c1", Placement = "home", Count = 101 },
                new PickContentRequest { ClientId = "c1", Placement = "home", Candidates = { "i1", "\n" } },
                new PickContentRequest { ClientId = "c1", Placement = "home", Exclude = { "i1" } },
            ],
            other => Assert.True(harness.Clients.PickContentAtOnce(other.ToByteArray(), Call()).IsEmpty));
        Assert.Equal(2, (await harness.Clients.ExportAsync(new ExportRequest { ClientId = "c1" }, Call()).Within("exported")).Impressions.Count);
    }

    [Fact]
    public async Task Stop_StoreDown_EndsWithinItsLimit()
    {
        EmbeddedOptions options = EmbeddedHarness.SmallOptions();
        options.ShutdownTimeout = TimeSpan.FromSeconds(1);
        await using EmbeddedHarness harness = await StartAsync(options);
        await RecordAsync(harness, Event("c1", "e1"));
        harness.SetStoreDown(true);

        await harness.Host.StopAsync(CancellationToken.None).Within("the engine stops");

        await Assert.ThrowsAsync<GridException>(() => RecordAsync(harness, Event("c1", "e2")));
        harness.SetStoreDown(false);
        await harness.StartAsync();
    }

    private static CallContext Call() => new("default", DateTimeOffset.UtcNow.AddSeconds(50), CancellationToken.None);

    private static FootprintEvent Event(string client, string id) => new()
    {
        ClientId = client,
        EventId = id,
        Type = "view",
        Topics = { new TopicWeight { Topic = "golf", Weight = 1 } },
    };

    private static Task<RecordResponse> RecordAsync(
        EmbeddedHarness harness, FootprintEvent e, RecordRequest.Types.Ack ack = RecordRequest.Types.Ack.Applied) =>
        harness.Clients.RecordAsync(new RecordRequest { Ack = ack, Events = { e } }, Call()).Within("recorded");

    private static async Task<ulong> CountAsync(EmbeddedHarness harness, string client)
    {
        Profile profile = await harness.Clients.GetProfileAsync(new GetProfileRequest { ClientId = client }, Call()).Within("read");
        return profile.Counters.Single().Total;
    }

    private Task<EmbeddedHarness> StartAsync(EmbeddedOptions? options = null) =>
        EmbeddedHarness.StartAsync(() => new MemoryStore(_disk), options);
}
