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

    [ToolFact]
    public async Task Probe_AskKeptAcrossAKill_PermitsWhatWasShownAndOnce()
    {
        await DefineProbeAsync();
        await ApplyAsync(Views("once", 4));
        Assert.NotNull((await PickAsync("once")).Probe);
        await StoreAsync(Views("once", 1, from: 4));
        await DefineProbeAsync("v2", "measurement");
        await Harness.KillAsync().Within("the engine comes back");

        await StoreAsync(Permitting("once", "a1"));
        Consent permission = Assert.Single((await ProfileAsync("once")).Consents);
        Assert.Equal(("advertising", "v1"), (permission.Purpose, permission.TextVersion));

        await SayAsync("once", new SetConsentsRequest { Consents = { Rule(Consent.Types.Decision.Deny, "*") } });
        await StoreAsync(Permitting("once", "a2"));
        Assert.Equal(Consent.Types.Decision.Deny, Assert.Single((await ProfileAsync("once")).Consents).Decision);
    }

    [ToolFact]
    public async Task Probe_YesOfAClientThatWasNotAsked_LooksLikeOneThatWas()
    {
        await DefineProbeAsync();
        await ApplyAsync([.. Views("was", 4), .. Views("was-not", 4)]);
        Assert.NotNull((await PickAsync("was")).Probe);

        var results = new List<IEnumerable<string>>();
        foreach (string client in new[] { "was", "was-not" })
        {
            FootprintEvent[] events = [Permitting(client, "a1"), Permitting(client, "a1"), Permitting(client, "a2")];
            RecordResponse answer = await Clients.RecordAsync(Batch(RecordRequest.Types.Ack.Durable, events), Call()).Within("recorded");
            results.Add(answer.Results.Select(result => result.ToString()));
        }

        Assert.Equal(results[0], results[1]);
        Profile unasked = await ProfileAsync("was-not");
        Assert.Empty(unasked.Consents);
        Assert.Equal(Interest.Types.Trust.Inferred, Assert.Single(unasked.Interests).Trust);
    }

    [ToolFact]
    public async Task Probe_AnsweredByARecipientsKey_IsRefusedAndTheRestKept()
    {
        await DefineProbeAsync();
        await ApplyAsync(Views("told", 4));
        Assert.NotNull((await PickAsync("told")).Probe);
        FootprintEvent view = Event("told", "view-of-acme");
        view.Context = new Context { Attributes = { ["country"] = "ES" } };

        RecordResponse answer = await Clients.RecordAsync(
            Batch(RecordRequest.Types.Ack.Applied, Permitting("told", "a1"), view), Call() with { Recipient = "acme" }).Within("recorded");

        Assert.Equal(("PERMISSION_DENIED", "events[0].type"), (answer.Results[0].Error.Code, answer.Results[0].Error.Field));
        Assert.Equal(RecordResult.Types.Status.Applied, answer.Results[1].Status);
        Profile profile = await ProfileAsync("told");
        Assert.Empty(profile.Consents);
        Assert.Equal(Interest.Types.Trust.Probed, Assert.Single(profile.Interests).Trust);
    }

    [ToolFact]
    public async Task Probe_YesThatIsImported_IsEvidenceAndNoWordOfTheClient()
    {
        await DefineProbeAsync();
        await ApplyAsync(Views("brought", 4));
        Assert.NotNull((await PickAsync("brought")).Probe);
        FootprintEvent yes = Permitting("brought", "a1");
        yes.Imported = true;
        double before = Assert.Single((await ProfileAsync("brought")).Interests).Affinity;

        await StoreAsync(yes);
        await Harness.KillAsync().Within("the engine comes back");

        Profile profile = await ProfileAsync("brought");
        Interest golf = Assert.Single(profile.Interests);
        Assert.Equal(Interest.Types.Trust.Probed, golf.Trust);
        Assert.True(golf.Affinity > before + 1);
        Assert.Empty(profile.Consents);
    }

    [ToolTheory]
    [InlineData(null, Trait.Types.Provenance.Derived)]
    [InlineData("acme", Trait.Types.Provenance.Imported)]
    public async Task Outcome_ReportedByARecipientsKey_IsMarkedAsImported(string? recipient, Trait.Types.Provenance expected)
    {
        await DefineItemsAsync(items: [("irons", "golf")]);
        var report = new ReportOutcomesRequest { Ack = RecordRequest.Types.Ack.Durable };
        report.Outcomes.Add(new Outcome { ClientId = "clicker", ItemId = "irons", Kind = Outcome.Types.Kind.Click });

        ReportOutcomesResponse answer = await Clients.ReportOutcomesAsync(report, Call() with { Recipient = recipient }).Within("reported");

        Assert.Equal(RecordResult.Types.Status.Durable, Assert.Single(answer.Results).Status);
        Assert.Equal(expected, Assert.Single((await ProfileAsync("clicker")).Interests).Provenance);
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

    private Task DefineProbeAsync(string version = "v1", string purpose = "advertising")
    {
        var probe = new Probe { ProbeId = "follow", Topics = { "*" }, Placements = { "home" }, Purposes = { purpose }, TextVersion = version };
        probe.Texts.Add(new ProbeText { Language = "en", Question = "Do you follow {topic}?", Reward = "Scores on your home page" });
        return Definitions.UpsertProbesAsync(new UpsertProbesRequest { Probes = { probe } }, Call()).Within("the probe is defined");
    }

    private static IEnumerable<FootprintEvent> Views(string client, int count, int from = 0) =>
        Enumerable.Range(from, count).Select(i => Event(client, $"{client}-view-{i}"));

    private static FootprintEvent Permitting(string client, string id)
    {
        FootprintEvent yes = Answer(client, "yes");
        (yes.EventId, yes.Properties["permit"]) = (id, "advertising,measurement");
        return yes;
    }

    private static FootprintEvent Answer(string client, string answer, FootprintEvent.Types.Channel channel = FootprintEvent.Types.Channel.Web)
    {
        FootprintEvent e = Event(client, $"{client}-answer", type: "probe-answer", minutesAgo: 0);
        (e.Channel, e.Properties["answer"], e.Properties["probe"]) = (channel, answer, "follow");
        return e;
    }
}
