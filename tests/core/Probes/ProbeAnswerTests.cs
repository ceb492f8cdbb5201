using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Probes;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Retention;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Status = Footprint.Grid.V1.RecordResult.Types.Status;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Core.Tests.Probes;

/// <summary>What an answer does to a profile, its consents and the counts.</summary>
public sealed class ProbeAnswerTests
{
    private readonly ProbeWorld _grid = new();
    private readonly ClientActor _client = TenantWorld.NewClient();

    /// <summary>Who moved from passive to active is a count that all tell of: a trait that analytics may not use has no part in it.</summary>
    [Theory]
    [InlineData("location", true)]
    [InlineData("demographics", false)]
    public void Confirm_ClientThatOnlyStatedATrait_MovedWhereAnalyticsMayNotUseTheTrait(string withheld, bool moved)
    {
        _grid.Record(_client, new FootprintEvent
        {
            Type = "visit",
            Kind = FootprintEvent.Types.Kind.Active,
            Traits = { new TraitValue { Name = "city", Value = "Bilbao", Category = "location" } },
        });
        _grid.View(_client, "golf", 5);
        _client.SetConsents(
            _grid.Turn,
            new SetConsentsRequest { Consents = { new V1.Consent { Purpose = Purposes.Analytics, Category = withheld, Decision = V1.Consent.Types.Decision.Deny } } },
            new SetConsentsResponse());

        _client.ConfirmInterest(_grid.Turn, new ConfirmInterestRequest { Topic = "golf", Answer = ConfirmInterestRequest.Types.Answer.Confirm }, new ConfirmInterestResponse());

        Assert.Equal(moved, _client.Profile.Probes!.IsMoved);
    }

    [Fact]
    public void Record_AYes_ConfirmsAndIsAnActiveActThatSurvivesReplayAndReload()
    {
        Asked();
        FootprintEvent yes = ProbeWorld.Answer("golf", "yes");
        yes.EventId = "a1";

        Assert.Equal(Status.Applied, _grid.Record(_client, yes).Status);
        Assert.Equal(Status.Duplicate, _grid.Record(_client, yes.Clone()).Status);
        ClientActor again = ProbeWorld.Reload(_grid.Replay(_client));
        int golf = again.Profile.Interests.Find("golf");
        Assert.Equal((Trust.Confirmed, 1u), (again.Profile.Interests[golf].Trust, again.Profile.Interests.Whole(golf).ActiveCount));
        Assert.Equal(["Probed probe", "Confirmed probe"], again.Profile.TrustHistory.All.Select(c => $"{c.To} {c.Source}"));
        Assert.Equal(1UL, again.Profile.Counters.Find("probe-answer")!.Total);
        Assert.Equal(_client.Profile.Probes!.Save(), again.Profile.Probes!.Save());
        Assert.True(again.Profile.Interests.Affinity(0, _grid.NowMs) > 8);
    }

    [Fact]
    public void Record_AYesWithPermission_SetsConsentsOfTheTextThatWasShown()
    {
        Asked();
        _grid.Deny(_client, "advertising");
        _grid.NowMs += 1000;

        Assert.Equal(Status.Applied, _grid.Record(_client, ProbeWorld.Answer("golf", "yes", permit: "advertising, analytics")).Status);

        V1.Consent consent = Assert.Single(ProbeWorld.Reload(_grid.Replay(_client)).Profile.Consents.Rules, r => r.Purpose == "advertising");
        Assert.Equal((V1.Consent.Types.Decision.Allow, "probe", "v1", "*", "*"), (consent.Decision, consent.Source, consent.TextVersion, consent.Category, consent.Recipient));
    }

    [Fact]
    public void Record_PermissionLaterWithdrawn_IsGone()
    {
        Asked();
        _grid.Record(_client, ProbeWorld.Answer("golf", "yes", permit: "advertising"));
        _grid.NowMs += 1000;
        _grid.Deny(_client, "advertising");

        Assert.Equal(DataCategories.None, _client.Profile.Consents.Allowed("advertising", "self", ConsentRegime.OptOut));
    }

    [Theory]
    [InlineData("maybe", "ask", "", "events[0].properties.answer")]
    [InlineData("no", "ask", "advertising", "events[0].properties.permit")]
    [InlineData("yes", "", "advertising", "events[0].properties.permit")]
    public void Record_AnAnswerThatIsNone_IsRefusedWithTheField(string answer, string probe, string permit, string field)
    {
        RecordResult result = _grid.Record(_client, ProbeWorld.Answer("golf", answer, probe, permit));

        Assert.Equal((Status.Rejected, field), (result.Status, result.Error.Field));
        Assert.True(_client.IsEmpty);
    }

    [Fact]
    public void Record_AnAnswerWithoutATopic_IsRefused()
    {
        FootprintEvent answer = ProbeWorld.Answer("golf", "yes");
        answer.Topics.Clear();

        Assert.Equal("events[0].topics", _grid.Record(_client, answer).Error.Field);
    }

    [Fact]
    public void Record_ANoWhereNothingDeclaredMayBeKept_IsObeyedAndNothingElseKept()
    {
        Asked();
        foreach (string purpose in new[] { "personalization", "advertising", "analytics", "measurement" })
        {
            _grid.Deny(_client, purpose, "declared");
        }

        Assert.Equal(Status.Rejected, _grid.Record(_client, ProbeWorld.Answer("golf", "yes")).Status);
        Assert.Equal(Status.Applied, _grid.Record(_client, ProbeWorld.Answer("golf", "no")).Status);
        Assert.Equal(Trust.Rejected, ProbeWorld.Trust(_client, "golf"));
        Assert.Null(_client.Profile.Counters.Find("probe-answer"));
        Assert.NotEqual(0, _client.Profile.Probes!.Find("golf")!.DeclinedMs);
    }

    [Fact]
    public void Expire_EverythingIsTooOld_ANoStaysAndTheRestGoes()
    {
        _grid.View(_client, "ski", 9);
        Asked();
        _grid.Record(_client, ProbeWorld.Answer("golf", "no"));
        _grid.NowMs += 500 * ProbeWorld.DayMs;

        Assert.True(_client.Expire(_grid.Turn, new RetentionRules { Idle = TimeSpan.FromDays(400) }));

        StoredProbes left = _client.Profile.Probes!.Save();
        Assert.Equal(new StoredProbe { Topic = "golf", DeclinedMs = left.Topics[0].DeclinedMs }, Assert.Single(left.Topics));
        Assert.Empty(left.AskedMs);
        Assert.Empty(_grid.Counts.Save());
    }

    [Fact]
    public void SetConsents_AnalyticsWithdrawn_TakesBackWhatTheClientCounted()
    {
        Asked();
        _grid.Record(_client, ProbeWorld.Answer("golf", "yes"));
        Assert.NotEmpty(_grid.Counts.Save());

        _grid.NowMs += 1000;
        _grid.Deny(_client, "analytics", "behaviour");

        Assert.Empty(_grid.Counts.Save());
    }

    [Fact]
    public void Pick_WithoutAnalytics_AsksAndCountsNothing()
    {
        _grid.Deny(_client, "analytics");
        Asked();
        _grid.Record(_client, ProbeWorld.Answer("golf", "yes"));

        Assert.Empty(_grid.Counts.Save());
    }

    [Fact]
    public void Counts_OfOneClient_ByTopicByLevelAndInAll()
    {
        _grid.View(_client, "ski", 8);
        Asked("golf", 8);
        _grid.Record(_client, ProbeWorld.Answer("golf", "yes"));

        ProbeKnowledge counts = _grid.Counts.Publish();
        Assert.Equal(new ProbeSums(1, 1, 1, 0, 1, 1, 1, 0, 0), counts.Of("golf", 0));
        Assert.Equal(new ProbeSums(1, 0, 0, 0, 1, 0, 0, 0, 0), counts.Of("ski", 0));
        Assert.Equal(new ProbeSums(2, 1, 1, 0, 1, 1, 1, 0, 0), counts.Of("", 4));
        Assert.Equal(new ProbeSums(2, 1, 1, 0, 1, 1, 1, 0, 1), counts.Of("", 0));
    }

    [Fact]
    public void Counts_AClientThatWasActiveBefore_DidNotMove()
    {
        _grid.Record(_client, new FootprintEvent { Type = "like", ItemId = "i1" });
        Asked();
        _grid.Record(_client, ProbeWorld.Answer("golf", "yes"));

        Assert.Equal(0, _grid.Counts.Publish().Of("", 0).Moved);
    }

    [Fact]
    public void Erase_TakesBackEverythingTheClientCounted()
    {
        Asked();
        _grid.Record(_client, ProbeWorld.Answer("golf", "no"));
        _client.Erase(_grid.Turn);

        Assert.Empty(_grid.Counts.Save());
        Assert.Null(_client.Profile.Probes);
    }

    private void Asked(string topic = "golf", int views = 10)
    {
        _grid.View(_client, topic, views);
        Probe probe = ProbeWorld.Probe("ask", topic);
        _grid.Define(probe);
        Assert.Equal(topic, _grid.Pick(_client)?.Topic);
    }
}
