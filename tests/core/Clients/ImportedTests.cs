using Footprint.Grid.Core.Clients;
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
