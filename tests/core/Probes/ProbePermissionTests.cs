using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Events;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.V1;
using Status = Footprint.Grid.V1.RecordResult.Types.Status;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Core.Tests.Probes;

/// <summary>What a yes may permit: what was shown, once, and only to who was asked; and that nobody else can tell who was.</summary>
public sealed class ProbePermissionTests
{
    private readonly ProbeWorld _grid = new() { Definitions = new("t", ConsentRegime.OptIn) };
    private readonly ClientActor _client = TenantWorld.NewClient();

    public ProbePermissionTests()
    {
        Allow("personalization");
        _grid.View(_client, "golf", 10);
        Define("v1", "advertising", "analytics");
    }

    [Fact]
    public void Record_YesAfterAWithdrawal_IsUsableOnce()
    {
        _grid.Pick(_client);
        Say(permit: "advertising");
        Assert.True(IsAllowed("advertising"));
        _grid.NowMs += 1000;
        _grid.Deny(_client, "advertising");
        _grid.NowMs += 1000;

        Assert.Equal(Status.Applied, Say(permit: "advertising").Status);
        ClientActor again = ProbeWorld.Reload(_client);
        Assert.Equal(Status.Applied, _grid.Record(again, ProbeWorld.Answer("golf", "yes", permit: "advertising,analytics")).Status);

        Assert.False(IsAllowed("advertising"));
        Assert.Equal(DataCategories.None, again.Profile.Consents.Allowed("analytics", "self", ConsentRegime.OptIn));
    }

    [Fact]
    public void Record_YesDatedBeforeTheQuestion_IsWithoutEffect()
    {
        _grid.NowMs += 10_000;
        _grid.Pick(_client);
        FootprintEvent early = ProbeWorld.Answer("golf", "yes", permit: "advertising");
        early.Time = TenantWorld.At(_grid.NowMs - 1);

        Assert.Equal(Status.Applied, _grid.Record(_client, early).Status);
        Assert.False(IsAllowed("advertising"));
        Assert.Equal(Trust.Probed, ProbeWorld.Trust(_client, "golf"));

        Say(permit: "advertising");
        Assert.True(IsAllowed("advertising"));
    }

    [Fact]
    public void Record_ProbeChangedSinceItWasShown_PermitsWhatWasShown()
    {
        _grid.Pick(_client);
        Define("v2", "analytics", "measurement");
        ClientActor reloaded = ProbeWorld.Reload(_grid.Replay(_client));

        _grid.Record(reloaded, ProbeWorld.Answer("golf", "yes", permit: "advertising,measurement"));

        V1.Consent permitted = Assert.Single(reloaded.Profile.Consents.Rules, r => r.Source == "probe");
        Assert.Equal(("advertising", "v1"), (permitted.Purpose, permitted.TextVersion));
    }

    [Fact]
    public void Record_ProbeDeletedSinceItWasShown_PermitsWhatWasShown()
    {
        _grid.Pick(_client);
        _grid.Define();

        Say(permit: "advertising");

        Assert.True(IsAllowed("advertising"));
    }

    [Fact]
    public void Link_OneClientsAnswerAndTheOthersLaterQuestion_TheQuestionStaysOpenOnce()
    {
        ClientActor other = TenantWorld.NewClient("known");
        other.SetConsents(_grid.Turn, Allowing("personalization"), new SetConsentsResponse());
        _grid.View(other, "golf", 10);
        _grid.Pick(_client);
        Say(permit: "");
        _grid.NowMs += 1000;
        _grid.Pick(other);
        other.Link(_grid.Turn, _client);

        foreach (bool isAllowed in new[] { true, false })
        {
            _grid.NowMs += 1000;
            _grid.Record(other, ProbeWorld.Answer("golf", "yes", permit: "advertising"));
            Assert.Equal(isAllowed, other.Profile.Consents.Allowed("advertising", "self", ConsentRegime.OptIn) != DataCategories.None);
            _grid.NowMs += 1000;
            _grid.Deny(other, "advertising");
        }
    }

    /// <summary>Whoever may send events must not find out by answers who was asked about what.</summary>
    [Theory]
    [InlineData("golf", "ask", "advertising")]
    [InlineData("golf", "ask", "measurement")]
    [InlineData("golf", "ask", "")]
    [InlineData("golf", "other", "advertising")]
    [InlineData("ski", "ask", "advertising")]
    public void Record_YesOfAClientAskedOrNot_TheResultsAreTheSame(string topic, string probe, string permit)
    {
        ClientActor unasked = ProbeWorld.Reload(_client);
        ClientActor answered = ProbeWorld.Reload(_client);
        _grid.Pick(_client);
        _grid.Pick(answered);
        _grid.Record(answered, ProbeWorld.Answer("golf", "yes"));

        string[] results = [.. new[] { _client, unasked, answered }.Select(client => Results(client, topic, probe, permit))];

        Assert.Single(results.Distinct());
        Assert.Contains("APPLIED", results[0].ToUpperInvariant(), StringComparison.Ordinal);
        Assert.Contains("DUPLICATE", results[0].ToUpperInvariant(), StringComparison.Ordinal);
        Assert.Equal((Trust.Inferred, 0UL), (ProbeWorld.Trust(unasked, "golf"), unasked.Profile.Counters.Find("probe-answer")?.Total ?? 0));
        Assert.Equal(-1, unasked.Profile.Interests.Find("ski"));
    }

    /// <summary>Not by a full table of rules either.</summary>
    [Fact]
    public void Record_NoRoomForWhatIsPermitted_TheSameForAClientThatWasNotAsked()
    {
        for (int i = 0; _client.Profile.Consents.Rules.Count < Footprint.Grid.Core.Profiles.ProfileLimits.Consents; i++)
        {
            Allow($"purpose-{i}");
        }

        ClientActor unasked = ProbeWorld.Reload(_client);
        Assert.NotNull(_grid.Pick(_client));

        string result = Results(_client, "golf", "ask", "advertising");
        Assert.Equal(result, Results(unasked, "golf", "ask", "advertising"));
        Assert.Contains("RESOURCE_EXHAUSTED", result, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("no")]
    public void Prepare_AnswerOfARecipientsKey_IsRefused(string answer)
    {
        FootprintEvent e = ProbeWorld.Answer("golf", answer);
        e.ClientId = "c";
        var result = new RecordResult();

        Assert.False(EventIntake.Prepare(e, 2, _grid.NowMs, () => "id", result, isOfRecipient: true));

        Assert.Equal((Status.Rejected, "PERMISSION_DENIED", "events[2].type"), (result.Status, result.Error.Code, result.Error.Field));
    }

    [Fact]
    public void Prepare_EventOfARecipientsKey_SaysNothingOfWhoseLawHolds()
    {
        var e = new FootprintEvent { ClientId = "c", Type = "view", Context = new Context { Attributes = { ["country"] = "US", ["language"] = "es" } } };

        Assert.True(EventIntake.Prepare(e, 0, _grid.NowMs, () => "id", new RecordResult(), isOfRecipient: true));

        Assert.Equal(["language"], e.Context.Attributes.Keys);
    }

    private static SetConsentsRequest Allowing(string purpose) =>
        new() { Consents = { new V1.Consent { Purpose = purpose, Decision = V1.Consent.Types.Decision.Allow } } };

    private void Allow(string purpose) => _client.SetConsents(_grid.Turn, Allowing(purpose), new SetConsentsResponse());

    private void Define(string version, params string[] purposes)
    {
        Probe probe = ProbeWorld.Probe("ask", "golf");
        probe.TextVersion = version;
        probe.Purposes.Clear();
        probe.Purposes.AddRange(purposes);
        _grid.Define(probe);
    }

    private RecordResult Say(string permit) => _grid.Record(_client, ProbeWorld.Answer("golf", "yes", permit: permit));

    private bool IsAllowed(string purpose) => _client.Profile.Consents.Allowed(purpose, "self", ConsentRegime.OptIn) == DataCategories.All;

    // An answer, the same once more, and one more.
    private string Results(ClientActor client, string topic, string probe, string permit)
    {
        var results = new List<RecordResult>();
        foreach (string id in new[] { "a1", "a1", "a2" })
        {
            FootprintEvent yes = ProbeWorld.Answer(topic, "yes", probe, permit);
            yes.EventId = id;
            results.Add(_grid.Record(client, yes));
        }

        return string.Join('\n', results.Select(r => r.ToString()));
    }
}
