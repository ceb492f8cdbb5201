using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Core.Tests.Profiles;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;
using Status = Footprint.Grid.V1.RecordResult.Types.Status;

namespace Footprint.Grid.Core.Tests.Clients;

public sealed class ClientActorTests
{
    private readonly TenantWorld _grid = new();

    [Fact]
    public void Record_SameIdAgain_DuplicateAndNothingChanges()
    {
        ClientActor client = TenantWorld.NewClient();
        Assert.Equal(Status.Applied, _grid.Record(client, TenantWorld.Event("e1", topic: "golf")).Status);
        byte[] before = client.Checkpoint();

        RecordResult again = _grid.Record(client, TenantWorld.Event("e1", "purchase", topic: "tennis"));

        Assert.Equal(Status.Duplicate, again.Status);
        Assert.Equal(before, client.Checkpoint());
        Assert.Single(_grid.Journal);
    }

    [Fact]
    public void Record_AfterReplay_RepeatsAreStillKnown()
    {
        ClientActor client = TenantWorld.NewClient();
        _grid.Record(client, TenantWorld.Event("e1", topic: "golf"));

        ClientActor back = _grid.Replay(client);

        Assert.Equal(Status.Duplicate, _grid.Record(back, TenantWorld.Event("e1")).Status);
        Assert.Null(SameProfile.Difference(client.Profile, back.Profile));
    }

    [Fact]
    public void Record_JournalRefuses_ProfileUnchanged()
    {
        ClientActor client = TenantWorld.NewClient();
        _grid.IsJournalFull = true;

        Assert.Throws<GridException>(() => _grid.Record(client, TenantWorld.Event("e1", topic: "golf")));

        Assert.True(client.IsEmpty);
        _grid.IsJournalFull = false;
        Assert.Equal(Status.Applied, _grid.Record(client, TenantWorld.Event("e1", topic: "golf")).Status);
    }

    [Fact]
    public void Replay_DefinitionsChangedSince_SameProfile()
    {
        _grid.Items(TenantWorld.Item("i1", "golf"));
        ClientActor client = TenantWorld.NewClient();
        _grid.Record(client, TenantWorld.Event("e1", item: "i1"));
        _grid.Items(TenantWorld.Item("i1", "tennis"));

        Assert.Null(SameProfile.Difference(client.Profile, _grid.Replay(client).Profile));
    }

    [Theory]
    [InlineData(ConsentRegime.OptIn, Status.Rejected)]
    [InlineData(ConsentRegime.OptOut, Status.Applied)]
    public void Record_NothingSaid_RegimeDecides(ConsentRegime regime, Status expected)
    {
        _grid.Definitions = new TenantDefinitions("t", regime);

        RecordResult result = _grid.Record(TenantWorld.NewClient(), TenantWorld.Event("e1"));

        Assert.Equal(expected, result.Status);
        Assert.Equal(expected == Status.Rejected ? 0 : 1, _grid.Journal.Count);
    }

    [Fact]
    public void PickContent_PersonalizationDenied_NotPersonalAndNoReasonFromTheProfile()
    {
        _grid.Items(TenantWorld.Item("i1", "golf"), TenantWorld.Item("i2", "tennis"));
        ClientActor client = TenantWorld.NewClient();
        _grid.Record(client, TenantWorld.Event("e1", topic: "tennis"));
        _grid.Consent(client, Purposes.Personalization, Decision.Deny);

        PickContentResponse response = _grid.Pick(client);

        Assert.False(response.Personalized);
        Assert.Equal(Fallback.Types.Reason.NoConsent, response.Fallback);
        Assert.NotEmpty(response.Picks);
        Assert.DoesNotContain(response.Picks.SelectMany(p => p.Reasons), r => r.Kind is Reason.Types.Kind.Interest or Reason.Types.Kind.CoVisit);
    }

    [Fact]
    public void Observe_AnalyticsDenied_TeachesNothing()
    {
        _grid.Items(TenantWorld.Item("i1"), TenantWorld.Item("i2"));
        ClientActor client = TenantWorld.NewClient();
        _grid.Consent(client, Purposes.Analytics, Decision.Deny);
        _grid.Record(client, TenantWorld.Event("e1", item: "i1"));

        _grid.Learn();

        Assert.Empty(_grid.Knowledge.Popular);
    }

    [Fact]
    public void SetConsents_LaterActHoldsAndBothAreRemembered()
    {
        ClientActor client = TenantWorld.NewClient();
        _grid.Consent(client, Purposes.Advertising, Decision.Deny);
        var allow = new SetConsentsRequest
        {
            Consents = { new V1.Consent { Purpose = Purposes.Advertising, Decision = Decision.Allow, Time = TenantWorld.At(TenantWorld.Now + 1) } },
        };
        var response = new SetConsentsResponse();

        client.SetConsents(_grid.Turn(TenantWorld.Now + 1), allow, response);

        Assert.Equal(Decision.Allow, Assert.Single(response.Consents).Decision);
        Assert.Equal(2, client.Export(_grid.Turn(), new ExportRequest()).ConsentHistory.Count);
    }

    [Fact]
    public void Link_AnonymousProfile_MergedOnceAndEventsCount()
    {
        ClientActor known = TenantWorld.NewClient("known");
        ClientActor anonymous = TenantWorld.NewClient("anonymous");
        _grid.Record(known, TenantWorld.Event("e1", topic: "golf"));
        _grid.Record(anonymous, TenantWorld.Event("e2", topic: "golf"));
        _grid.Consent(anonymous, Purposes.Advertising, Decision.Deny);

        Assert.Equal(LinkOutcome.Merged, known.Link(_grid.Turn(), anonymous));
        byte[] linked = known.Checkpoint();
        Assert.Equal(LinkOutcome.None, known.Link(_grid.Turn(), anonymous));

        Assert.Equal(linked, known.Checkpoint());
        Assert.Equal("known", anonymous.AliasOf);
        Profile profile = known.View(_grid.Turn(), new GetProfileRequest());
        Assert.Equal(2, Assert.Single(profile.Interests).Affinity, 9);
        Assert.Equal(2ul, Assert.Single(profile.Counters).Total);
        Assert.Equal(["anonymous"], profile.Aliases);
        Assert.Equal(Decision.Deny, Assert.Single(profile.Consents).Decision);
        Assert.Equal(Status.Duplicate, _grid.Record(known, TenantWorld.Event("e2")).Status);
        Assert.Null(SameProfile.Difference(known.Profile, _grid.Replay(known).Profile));
    }

    [Fact]
    public void Link_KnownClients_Refused()
    {
        ClientActor a = TenantWorld.NewClient("a");
        ClientActor b = TenantWorld.NewClient("b");
        ClientActor anonymous = TenantWorld.NewClient("x");
        a.Link(_grid.Turn(), anonymous);

        Assert.Equal("anonymousId", Assert.Throws<GridException>(() => b.Link(_grid.Turn(), a)).Faults[0].Field);
        Assert.Equal("clientId", Assert.Throws<GridException>(() => anonymous.Link(_grid.Turn(), b)).Faults[0].Field);
    }

    [Fact]
    public void Erase_EverythingGoesAndLateEventsStayOut()
    {
        ClientActor client = TenantWorld.NewClient();
        _grid.Record(client, TenantWorld.Event("secret-event", topic: "secret-topic", item: "secret-item"));

        EraseResponse erased = client.Erase(_grid.Turn());

        Assert.True(erased.Existed);
        Assert.DoesNotContain("secret", System.Text.Encoding.UTF8.GetString(client.Checkpoint()), StringComparison.Ordinal);
        Assert.Equal(Status.Rejected, _grid.Record(client, TenantWorld.Event("late", minutesAgo: 5)).Status);
        Assert.Equal(Status.Rejected, _grid.Record(_grid.Replay(client), TenantWorld.Event("late", minutesAgo: 5)).Status);
        Assert.Equal(Status.Applied, _grid.Record(client, TenantWorld.Event("new", minutesAgo: -1)).Status);
    }

    [Fact]
    public void ConfirmInterest_Answers_ChangeTrustAndRanking()
    {
        _grid.Items(TenantWorld.Item("i1", "golf"), TenantWorld.Item("i2", "tennis"));
        ClientActor client = TenantWorld.NewClient();
        _grid.Record(client, TenantWorld.Event("e1", topic: "golf"));
        _grid.Record(client, TenantWorld.Event("e2", topic: "golf"));
        _grid.Record(client, TenantWorld.Event("e3", topic: "tennis"));
        Assert.Equal("i1", _grid.Pick(client).Picks[0].ItemId);
        var response = new ConfirmInterestResponse();

        client.ConfirmInterest(_grid.Turn(), new ConfirmInterestRequest { Topic = "golf", Answer = ConfirmInterestRequest.Types.Answer.Reject }, response);

        Assert.Equal(Interest.Types.Trust.Rejected, response.Interest.Trust);
        PickContentResponse picks = _grid.Pick(client);
        Assert.Equal("i2", picks.Picks[0].ItemId);
        Assert.DoesNotContain(picks.Picks.SelectMany(p => p.Reasons), r => r.Key == "golf");
    }

    [Fact]
    public void TargetAds_FrequencyCap_HoldsAcrossReplay()
    {
        var campaign = new Campaign { CampaignId = "ad", FrequencyCaps = { new FrequencyCap { Count = 1, Window = new() { Seconds = 3600 } } } };
        _grid.Definitions = _grid.Definitions with { Campaigns = _grid.Definitions.Campaigns.With([campaign]) };
        ClientActor client = TenantWorld.NewClient();
        _grid.Record(client, TenantWorld.Event("e1"));
        var first = new TargetAdsResponse();
        client.TargetAds(_grid.Turn(), new TargetAdsRequest { Placement = "top" }, first);
        Assert.Equal("ad", Assert.Single(first.Picks).CampaignId);

        var second = new TargetAdsResponse();
        _grid.Replay(client).TargetAds(_grid.Turn(), new TargetAdsRequest { Placement = "top", Explain = true }, second);

        Assert.Empty(second.Picks);
        Assert.Equal(TargetAdsResponse.Types.Refusal.Types.Cause.FrequencyCap, Assert.Single(second.Refusals).Cause);
    }

    [Fact]
    public void ReportOutcome_Conversion_ItemIsNotPickedAgain()
    {
        _grid.Items(TenantWorld.Item("i1", "golf"), TenantWorld.Item("i2", "golf"));
        ClientActor client = TenantWorld.NewClient();
        _grid.Record(client, TenantWorld.Event("e1", topic: "golf"));
        var outcome = new Outcome { OutcomeId = "o1", ItemId = "i2", Kind = Outcome.Types.Kind.Conversion, Time = TenantWorld.At(TenantWorld.Now) };
        var result = new RecordResult();

        client.ReportOutcome(_grid.Turn(), outcome, result);

        Assert.Equal(Status.Applied, result.Status);
        Assert.Equal(["i1"], _grid.Pick(client).Picks.Select(p => p.ItemId));
    }

    [Theory]
    [InlineData("dislike")]
    [InlineData("dismissal")]
    [InlineData("purchase")]
    public void Record_ItemIsSettled_NotPickedAgain(string type)
    {
        _grid.Items(TenantWorld.Item("i1", "golf"), TenantWorld.Item("i2", "golf"));
        ClientActor client = TenantWorld.NewClient();
        _grid.Record(client, TenantWorld.Event("e1", topic: "golf"));

        _grid.Record(client, TenantWorld.Event("e2", type, item: "i2"));

        Assert.Equal(["i1"], _grid.Pick(client).Picks.Select(p => p.ItemId));
        Assert.Equal(["i1"], _grid.Pick(_grid.Replay(client)).Picks.Select(p => p.ItemId));
    }
}
