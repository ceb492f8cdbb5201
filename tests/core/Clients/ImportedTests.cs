using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Events;
using Footprint.Grid.V1;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Core.Tests.Clients;

/// <summary>What somebody else tells of a client is evidence, and never the client's own word.</summary>
public sealed class ImportedTests
{
    private readonly TenantWorld _grid = new();
    private readonly ClientActor _client = TenantWorld.NewClient();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Record_DeclarationOfSomebodyElse_InfersAndDeclaresNothing(bool isOfRecipient)
    {
        Tell(isOfRecipient);

        Profile profile = _client.View(_grid.Turn(), new GetProfileRequest());
        Interest golf = Assert.Single(profile.Interests);
        Assert.Equal((Trust.Inferred, Trait.Types.Provenance.Imported), (golf.Trust, golf.Provenance));
        Assert.True(golf.Affinity > 0);
        Trait city = Assert.Single(profile.Traits);
        Assert.Equal((Trust.Inferred, Trait.Types.Provenance.Imported), (city.Trust, city.Provenance));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Record_DeclarationOfSomebodyElse_LiftsNoRejection(bool isOfRecipient)
    {
        _grid.Record(_client, Declaring("own", "first", minutesAgo: 60));
        var no = new ConfirmInterestRequest { Answer = ConfirmInterestRequest.Types.Answer.Reject };
        _client.ConfirmInterest(_grid.Turn(TenantWorld.Now - 1_800_000), new ConfirmInterestRequest(no) { Topic = "golf" }, new ConfirmInterestResponse());
        _client.ConfirmInterest(_grid.Turn(TenantWorld.Now - 1_800_000), new ConfirmInterestRequest(no) { Trait = "city" }, new ConfirmInterestResponse());

        Tell(isOfRecipient);

        Profile profile = _client.View(_grid.Turn(), new GetProfileRequest());
        Assert.Equal((Trust.Rejected, 0.0), (Assert.Single(profile.Interests).Trust, profile.Interests[0].Affinity));
        Assert.Equal((Trust.Rejected, ""), (Assert.Single(profile.Traits).Trust, profile.Traits[0].Value));
    }

    [Fact]
    public void ReportOutcome_OfATypeThatDeclares_LiftsNoRejection()
    {
        var click = new EventType { Type = "click", Weight = 2, HalfLife = new() { Seconds = 86_400 }, Kind = FootprintEvent.Types.Kind.Active, Declares = true };
        _grid.Definitions = _grid.Definitions with { EventTypes = _grid.Definitions.EventTypes.With([click]) };
        _grid.Items(TenantWorld.Item("i1", "golf"));
        _client.ConfirmInterest(_grid.Turn(), new ConfirmInterestRequest { Topic = "golf", Answer = ConfirmInterestRequest.Types.Answer.Reject }, new());

        var outcome = new Outcome { OutcomeId = "o", ClientId = "c", ItemId = "i1", Kind = Outcome.Types.Kind.Click, Time = TenantWorld.At(TenantWorld.Now) };
        _client.ReportOutcome(_grid.Turn(), outcome, new RecordResult());

        Assert.Equal(Trust.Rejected, Assert.Single(_client.View(_grid.Turn(), new GetProfileRequest()).Interests).Trust);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ReportOutcome_OfSomebodyElse_IsEvidenceAndMarked(bool isOfRecipient)
    {
        _grid.Items(TenantWorld.Item("i1", "golf"));
        var outcome = new Outcome { ClientId = "c", ItemId = "i1", Kind = Outcome.Types.Kind.Click, Imported = !isOfRecipient };

        Assert.True(EventIntake.Prepare(outcome, 0, TenantWorld.Now, () => "o", new RecordResult(), isOfRecipient));
        _client.ReportOutcome(_grid.Turn(), outcome, new RecordResult());

        Interest golf = Assert.Single(_client.View(_grid.Turn(), new GetProfileRequest()).Interests);
        Assert.Equal((Trust.Inferred, Trait.Types.Provenance.Imported), (golf.Trust, golf.Provenance));
        Assert.True(golf.Affinity > 0);
    }

    [Fact]
    public void ReportOutcome_OfTheSitesOwn_IsNotMarked()
    {
        _grid.Items(TenantWorld.Item("i1", "golf"));
        var outcome = new Outcome { ClientId = "c", ItemId = "i1", Kind = Outcome.Types.Kind.Click };

        Assert.True(EventIntake.Prepare(outcome, 0, TenantWorld.Now, () => "o", new RecordResult()));
        _client.ReportOutcome(_grid.Turn(), outcome, new RecordResult());

        Assert.Equal(Trait.Types.Provenance.Derived, Assert.Single(_client.View(_grid.Turn(), new GetProfileRequest()).Interests).Provenance);
    }

    [Theory]
    [InlineData("")]
    [InlineData("follow")]
    public void Record_YesToAProbeThatIsImported_IsEvidenceAndConfirmsAndPermitsNothing(string probe)
    {
        FootprintEvent yes = Answering("yes");
        if (probe.Length > 0)
        {
            (yes.Properties["probe"], yes.Properties["permit"]) = (probe, "advertising");
        }

        Assert.Equal(RecordResult.Types.Status.Applied, _grid.Record(_client, yes).Status);

        Profile profile = _client.View(_grid.Turn(), new GetProfileRequest());
        Interest golf = Assert.Single(profile.Interests);
        Assert.Equal((Trust.Inferred, Trait.Types.Provenance.Imported), (golf.Trust, golf.Provenance));
        Assert.True(golf.Affinity > 0);
        Assert.Empty(profile.Consents);
        Assert.Empty(profile.TrustHistory);
        Assert.Null(_client.Profile.Probes);
        Assert.Equal(DataCategories.Declared | DataCategories.Inferred, _client.Profile.Interests.Columns.Categories(0));
        Assert.Equal(_client.Checkpoint(), _grid.Replay(_client).Checkpoint());
    }

    [Fact]
    public void Record_YesToAProbeThatIsImported_LiftsNoRejection()
    {
        _client.ConfirmInterest(_grid.Turn(), new ConfirmInterestRequest { Topic = "golf", Answer = ConfirmInterestRequest.Types.Answer.Reject }, new());

        _grid.Record(_client, Answering("yes"));

        Interest golf = Assert.Single(_client.View(_grid.Turn(), new GetProfileRequest()).Interests);
        Assert.Equal((Trust.Rejected, 0.0), (golf.Trust, golf.Affinity));
    }

    /// <summary>A no takes away and gives nothing, so it is obeyed whoever brings it.</summary>
    [Fact]
    public void Record_NoToAProbeThatIsImported_IsObeyed()
    {
        _grid.Record(_client, TenantWorld.Event("e1", topic: "golf"));

        _grid.Record(_client, Answering("no"));

        Assert.Equal(Trust.Rejected, Assert.Single(_client.View(_grid.Turn(), new GetProfileRequest()).Interests).Trust);
        Assert.True(_client.Profile.Probes!.HasDeclined);
        Assert.False(_client.Profile.Probes.IsCounted);
    }

    private static FootprintEvent Answering(string answer)
    {
        FootprintEvent e = TenantWorld.Event("answer-" + answer, EventTypeTable.ProbeAnswer, topic: "golf");
        (e.Imported, e.Properties["answer"]) = (true, answer);
        return e;
    }

    private static FootprintEvent Declaring(string id, string city, double minutesAgo)
    {
        FootprintEvent e = TenantWorld.Event(id, "declare", topic: "golf", minutesAgo: minutesAgo);
        e.Kind = FootprintEvent.Types.Kind.Active;
        e.Traits.Add(new TraitValue { Name = "city", Value = city, Category = "location" });
        return e;
    }

    private void Tell(bool isOfRecipient)
    {
        FootprintEvent e = Declaring("told", "told", minutesAgo: 10);
        e.Imported = !isOfRecipient;
        var result = new RecordResult();
        Assert.True(EventIntake.Prepare(e, 0, TenantWorld.Now, () => "id", result, isOfRecipient));
        _client.Record(_grid.Turn(), e, result);
        Assert.Equal(RecordResult.Types.Status.Applied, result.Status);
    }
}
