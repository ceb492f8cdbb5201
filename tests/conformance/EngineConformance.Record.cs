using Footprint.Grid.Engine;
using Footprint.Grid.V1;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Status = Footprint.Grid.V1.RecordResult.Types.Status;

namespace Footprint.Grid.Conformance;

public abstract partial class EngineConformance
{
    [ToolFact]
    public async Task Record_Applied_IsSeenByTheNextCall()
    {
        RecordResponse response = await ApplyAsync(Event("c1", "e1"));

        Assert.Equal(Status.Applied, Assert.Single(response.Results).Status);
        Profile profile = await ProfileAsync("c1");
        Assert.Equal("golf", Assert.Single(profile.Interests).Topic);
        Assert.Equal(1UL, Assert.Single(profile.Counters).Total);
    }

    [ToolFact]
    public async Task Record_UnspecifiedAck_IsApplied()
    {
        RecordResponse response = await RecordAsync(RecordRequest.Types.Ack.Unspecified, Event("c1", "e1"));

        Assert.Equal(Status.Applied, Assert.Single(response.Results).Status);
    }

    [ToolFact]
    public async Task Record_Durable_SurvivesAKill()
    {
        FootprintEvent[] events = [.. Enumerable.Range(0, 200).Select(i => Event($"c{i % 20}", $"e{i}"))];

        RecordResponse response = await StoreAsync(events);
        await Harness.KillAsync().Within("the engine comes back");

        Assert.All(response.Results, r => Assert.Equal(Status.Durable, r.Status));
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(10UL, await CountAsync($"c{i}"));
        }
    }

    [ToolFact]
    public async Task Record_Applied_SurvivesARestart()
    {
        await ApplyAsync(Event("c1", "e1"), Event("c2", "e2"));

        await Harness.RestartAsync().Within("the engine comes back");

        Assert.Equal(1UL, await CountAsync("c1"));
        Assert.Equal(1UL, await CountAsync("c2"));
    }

    [ToolFact]
    public async Task Record_Repeat_IsADuplicateAndChangesNothing()
    {
        await ApplyAsync(Event("c1", "e1"));
        Profile before = await ProfileAsync("c1");

        RecordResponse again = await StoreAsync(Event("c1", "e1"), Event("c1", "e1"));

        Assert.All(again.Results, r => Assert.Equal(Status.Duplicate, r.Status));
        Assert.Equal(before.Version, (await ProfileAsync("c1")).Version);
    }

    [ToolTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Record_RepeatAfterComingBack_IsADuplicate(bool isKilled)
    {
        await StoreAsync(Event("c1", "e1"));
        await (isKilled ? Harness.KillAsync() : Harness.RestartAsync()).Within("the engine comes back");

        RecordResponse again = await StoreAsync(Event("c1", "e1"), Event("c1", "e2"));

        Assert.Equal([Status.Duplicate, Status.Durable], again.Results.Select(r => r.Status));
        Assert.Equal(2UL, await CountAsync("c1"));
    }

    [ToolFact]
    public async Task Record_SameIdOfTwoClients_CountsForBoth()
    {
        RecordResponse response = await ApplyAsync(Event("c1", "e1"), Event("c2", "e1"));

        Assert.All(response.Results, r => Assert.Equal(Status.Applied, r.Status));
    }

    [ToolFact]
    public async Task Record_BadEvents_DoNotSinkTheirBatch()
    {
        FootprintEvent noClient = Event("", "e2");
        FootprintEvent ahead = Event("c1", "e3");
        ahead.Time = Ago(-10);
        FootprintEvent heavy = Event("c1", "e4");
        heavy.Topics[0].Weight = 1e6;

        RecordResponse response = await StoreAsync(Event("c1", "e1"), noClient, ahead, heavy, Event("c1", "e5"));

        Assert.Equal(
            [Status.Durable, Status.Rejected, Status.Rejected, Status.Rejected, Status.Durable],
            response.Results.Select(r => r.Status));
        Assert.Equal("events[1].clientId", response.Results[1].Error.Field);
        Assert.Equal("events[2].time", response.Results[2].Error.Field);
        Assert.Equal("events[3].topics[0].weight", response.Results[3].Error.Field);
        Assert.Equal(2UL, await CountAsync("c1"));
    }

    [ToolFact]
    public async Task Record_WithoutIdAndTime_FillsThemInAndSaysSo()
    {
        FootprintEvent bare = Event("c1", "");
        bare.Time = null;

        RecordResult result = Assert.Single((await ApplyAsync(bare)).Results);

        Assert.NotEmpty(result.EventId);
        Assert.InRange(result.Time.ToDateTimeOffset(), DateTimeOffset.UtcNow.AddMinutes(-2), DateTimeOffset.UtcNow.AddMinutes(2));
    }

    [ToolFact]
    public async Task Record_ManyCallersAtOnce_LosesAndDoublesNothing()
    {
        const int Callers = 8;
        const int Each = 50;
        Task[] callers = [.. Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            for (int i = 0; i < Each; i++)
            {
                // Every caller sends every event of its own and one that all send.
                await RecordAsync(
                    i % 2 == 0 ? RecordRequest.Types.Ack.Durable : RecordRequest.Types.Ack.Applied,
                    Event("shared", $"{caller}-{i}"),
                    Event("shared", $"all-{i}"));
            }
        }))];

        await Task.WhenAll(callers).Within("all callers are done");
        await Harness.RestartAsync().Within("the engine comes back");

        Assert.Equal((ulong)((Callers * Each) + Each), await CountAsync("shared"));
    }

    [ToolFact]
    public async Task Record_DeadlineInThePast_FailsOrAnswersAtOnce()
    {
        Harness.SetStoreDown(true);

        await ThrowsAsync(
            Code.Unavailable,
            () => Clients.RecordAsync(Batch(RecordRequest.Types.Ack.Durable, Event("c1", "e1")), Call(seconds: -1)).Within("the call ends"));
        Harness.SetStoreDown(false);
    }

    [ToolFact]
    public async Task Outcomes_Reported_CountOnceAndSurvive()
    {
        var request = new ReportOutcomesRequest
        {
            Ack = RecordRequest.Types.Ack.Durable,
            Outcomes = { new Outcome { OutcomeId = "o1", DecisionId = "d1", ClientId = "c1", ItemId = "i1", Kind = Outcome.Types.Kind.Click, Time = Ago(1) } },
        };
        ReportOutcomesResponse first = await Clients.ReportOutcomesAsync(request.Clone(), Call()).Within("the outcome is taken");
        await Harness.KillAsync().Within("the engine comes back");

        ReportOutcomesResponse again = await Clients.ReportOutcomesAsync(request.Clone(), Call()).Within("the outcome is taken");

        Assert.Equal(Status.Durable, Assert.Single(first.Results).Status);
        Assert.Equal(Status.Duplicate, Assert.Single(again.Results).Status);
    }

    [ToolFact]
    public async Task Profile_OfAnUnknownClient_IsNotFound()
    {
        await ThrowsAsync(Code.NotFound, () => ProfileAsync("nobody"));
    }

    [ToolFact]
    public async Task Profile_EventsBackAndForthInTime_GivesTheSameAsInOrder()
    {
        FootprintEvent[] events = [.. Enumerable.Range(0, 12).Select(i => Event("c", $"e{i}", minutesAgo: 600 - (i * 40)))];
        foreach (FootprintEvent e in events)
        {
            e.ClientId = "ordered";
        }

        FootprintEvent[] shuffled = [.. events.Select(e => e.Clone()).OrderBy(e => e.EventId.GetHashCode(StringComparison.Ordinal))];
        foreach (FootprintEvent e in shuffled)
        {
            e.ClientId = "shuffled";
        }

        await ApplyAsync(events);
        foreach (FootprintEvent e in shuffled)
        {
            await ApplyAsync(e);
        }

        Profile one = await ProfileAsync("ordered");
        Profile two = await ProfileAsync("shuffled");
        Assert.Equal(1, one.Interests[0].Affinity / two.Interests[0].Affinity, 1e-6);
        Assert.Equal(one.Counters, two.Counters);
        Assert.Equal(one.FirstSeen, two.FirstSeen);
        Assert.Equal(one.LastSeen, two.LastSeen);
    }
}
