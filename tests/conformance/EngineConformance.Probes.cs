using Footprint.Grid.V1;

namespace Footprint.Grid.Conformance;

public abstract partial class EngineConformance
{
    private const int Minimum = 50;

    [ToolFact]
    public async Task Probe_ShownAndDeclined_IsKeptAcrossAKill()
    {
        await DefineProbeAsync();
        await StoreAsync(Views("asked", 4));
        ProbeQuestion asked = (await PickAsync("asked")).Probe;
        Assert.Equal(("follow", "golf", "Do you follow golf?"), (asked.ProbeId, asked.Topic, asked.Question));

        // What was applied before is durable with it.
        await StoreAsync(Answer("asked", "no", FootprintEvent.Types.Channel.CallCentre));
        await Harness.KillAsync().Within("the engine comes back");

        Profile profile = await ProfileAsync("asked");
        Assert.Equal(Interest.Types.Trust.Rejected, Assert.Single(profile.Interests).Trust);
        Assert.Equal([Interest.Types.Trust.Probed, Interest.Types.Trust.Rejected], profile.TrustHistory.Select(step => step.To));
        await ApplyAsync(Views("asked", 9, from: 4));
        Assert.Null((await PickAsync("asked")).Probe);
    }

    [ToolFact]
    public async Task Probe_AYesInAShop_ConfirmsAndPermits()
    {
        await DefineProbeAsync();
        await ApplyAsync(Views("shopper", 4));
        Assert.NotNull((await PickAsync("shopper")).Probe);

        FootprintEvent yes = Answer("shopper", "yes", FootprintEvent.Types.Channel.Store);
        yes.Properties["permit"] = "advertising";
        await StoreAsync(yes);

        Profile profile = await ProfileAsync("shopper");
        Assert.Equal((Interest.Types.Trust.Confirmed, FootprintEvent.Types.Channel.Store), (profile.Interests[0].Trust, profile.TrustHistory[^1].Channel));
        Consent permission = Assert.Single(profile.Consents);
        Assert.Equal(("advertising", "probe", "v1"), (permission.Purpose, permission.Source, permission.TextVersion));
    }

    /// <summary>An orderly restart hands everything on that was counted, so the report may be asked for right after it.</summary>
    [ToolFact]
    public async Task Report_OfManyAnswers_IsRoundedAndStandsForItsHourWhateverHappens()
    {
        await DefineProbeAsync();
        await Task.WhenAll(Enumerable.Range(0, Minimum + 7).Select(i => AskAndAnswerAsync($"many-{i}", "yes")));
        await AskAndAnswerAsync("erased", "yes");
        await EraseAsync("erased");
        await Harness.RestartAsync().Within("the engine comes back");

        ProbesReport report = await ReportAsync();
        await AskAndAnswerAsync("one-more", "no");
        await Harness.KillAsync().Within("the engine comes back again");
        ProbesReport again = await ReportAsync();

        Assert.Equal(report, again);
        ProbeTopic golf = Assert.Single(report.Topics);
        Assert.Equal(("golf", (long)Minimum, (long)Minimum, 0L), (golf.Topic, golf.Clients.Probed.Value, golf.Clients.Confirmed.Value, golf.Clients.Rejected.Value));
        Assert.Equal((Minimum, Minimum), (report.MovedClients.Value, report.Publication.MinimumAudience));
        Assert.Equal(report.Publication.Time.Seconds + 3600, report.Publication.Next.Seconds);
    }

    private Task<ProbesReport> ReportAsync() => Harness.Reports.GetProbesAsync(new GetProbesRequest(), Call()).Within("the report is given");

    private async Task AskAndAnswerAsync(string client, string answer)
    {
        await ApplyAsync(Views(client, 4));
        Assert.NotNull((await PickAsync(client)).Probe);
        await StoreAsync(Answer(client, answer));
    }

    private Task DefineProbeAsync()
    {
        var probe = new Probe { ProbeId = "follow", Topics = { "*" }, Placements = { "home" }, Purposes = { "advertising" }, TextVersion = "v1" };
        probe.Texts.Add(new ProbeText { Language = "en", Question = "Do you follow {topic}?", Reward = "Scores on your home page" });
        return Definitions.UpsertProbesAsync(new UpsertProbesRequest { Probes = { probe } }, Call()).Within("the probe is defined");
    }

    private static IEnumerable<FootprintEvent> Views(string client, int count, int from = 0) =>
        Enumerable.Range(from, count).Select(i => Event(client, $"{client}-view-{i}"));

    private static FootprintEvent Answer(string client, string answer, FootprintEvent.Types.Channel channel = FootprintEvent.Types.Channel.Web)
    {
        FootprintEvent e = Event(client, $"{client}-answer", type: "probe-answer", minutesAgo: 0);
        (e.Channel, e.Properties["answer"], e.Properties["probe"]) = (channel, answer, "follow");
        return e;
    }
}
