using Footprint.Grid.V1;
using Google.Rpc;
using Status = Footprint.Grid.V1.RecordResult.Types.Status;

namespace Footprint.Grid.Conformance;

public abstract partial class EngineConformance
{
    [ToolFact]
    public async Task Store_Down_AppliedGoesOnDurableFailsAndAllIsSavedAfterwards()
    {
        await StoreAsync(Event("c1", "e1"));
        Assert.Null(Harness.Health.NotReady);
        Harness.SetStoreDown(true);

        RecordResponse applied = await ApplyAsync(Event("c1", "e2"));
        await ThrowsAsync(
            Code.Unavailable,
            () => Clients.RecordAsync(Batch(RecordRequest.Types.Ack.Durable, Event("c1", "e3")), Call(seconds: 0.3)).Within("the call ends"));
        await Patience.Until(() => Harness.Health.NotReady is not null, "the engine says that it is not ready");
        Assert.Equal(3UL, await CountAsync("c1"));
        Harness.SetStoreDown(false);

        RecordResponse again = await StoreAsync(Event("c1", "e3"), Event("c1", "e4"));
        await Patience.Until(() => Harness.Health.NotReady is null, "the engine is ready again");
        await Harness.KillAsync().Within("the engine comes back");

        Assert.Equal(Status.Applied, Assert.Single(applied.Results).Status);
        Assert.Equal([Status.Duplicate, Status.Durable], again.Results.Select(r => r.Status));
        Assert.Equal(4UL, await CountAsync("c1"));
    }

    [ToolFact]
    public async Task Store_DownThenRepeatUnderDurable_WaitsForTheFirst()
    {
        await StoreAsync(Event("c1", "e1"));
        Harness.SetStoreDown(true);
        await ApplyAsync(Event("c1", "e2"));

        // The repeat promises what the first did: that the event survives.
        Task<RecordResponse> repeat = Clients.RecordAsync(Batch(RecordRequest.Types.Ack.Durable, Event("c1", "e2")), Call()).AsTask();
        await Patience.Until(() => Harness.Health.NotReady is not null, "the engine says that it is not ready");
        Assert.False(repeat.IsCompleted);
        Harness.SetStoreDown(false);

        RecordResponse response = await repeat.Within("the repeat is answered");
        await Harness.KillAsync().Within("the engine comes back");

        Assert.Equal(Status.Duplicate, Assert.Single(response.Results).Status);
        Assert.Equal(2UL, await CountAsync("c1"));
    }

    [ToolFact]
    public async Task Store_Unsure_WritesExactlyOnce()
    {
        await StoreAsync(Event("c1", "e1"));
        Harness.SetStoreUnsure(true);
        await ApplyAsync(Event("c1", "e2"));
        await Patience.Until(() => Harness.Health.NotReady is not null, "a write was reported as failed");
        Harness.SetStoreUnsure(false);

        await StoreAsync(Event("c1", "e3"));
        await Harness.KillAsync().Within("the engine comes back");

        Assert.Equal(3UL, await CountAsync("c1"));
    }

    [ToolFact]
    public async Task Memory_MoreProfilesThanFit_AllComeBackOnDemand()
    {
        const int Many = 300;
        for (int round = 0; round < 3; round++)
        {
            await StoreAsync(Enumerable.Range(0, Many).Select(i => Event($"c{i}", $"e{round}")));
        }

        for (int i = 0; i < Many; i++)
        {
            Assert.Equal(3UL, await CountAsync($"c{i}"));
        }

        RecordResponse again = await StoreAsync(Enumerable.Range(0, Many).Select(i => Event($"c{i}", "e1")));
        Assert.All(again.Results, r => Assert.Equal(Status.Duplicate, r.Status));
    }

    [ToolFact]
    public async Task Kill_AgainAndAgain_AddsUp()
    {
        for (int round = 0; round < 4; round++)
        {
            await StoreAsync(Enumerable.Range(0, 30).Select(i => Event($"c{i}", $"e{round}")));
            await (round % 2 == 0 ? Harness.KillAsync() : Harness.RestartAsync()).Within("the engine comes back");
        }

        for (int i = 0; i < 30; i++)
        {
            Assert.Equal(4UL, await CountAsync($"c{i}"));
        }
    }
}
