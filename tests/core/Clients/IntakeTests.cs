using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Status = Footprint.Grid.V1.RecordResult.Types.Status;

namespace Footprint.Grid.Core.Tests.Clients;

/// <summary>What becomes of an event on its way into the profile: by its time, and by what of it may be kept.</summary>
public sealed class IntakeTests
{
    private readonly TenantWorld _grid = new();
    private readonly ClientActor _client = TenantWorld.NewClient();

    /// <summary>However fast the clock of the device was on which it declared.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ConfirmInterest_NoAfterAWordThatWasAheadOfTheClock_IsTheLaterWord(bool isTrait)
    {
        FootprintEvent e = TenantWorld.Event("e1", "declare", topic: "golf", minutesAgo: -4);
        e.Traits.Add(new TraitValue { Name = "city", Value = "Hue", Category = "location" });
        _grid.Record(_client, e);

        var no = new ConfirmInterestRequest { Topic = isTrait ? "" : "golf", Trait = isTrait ? "city" : "", Answer = ConfirmInterestRequest.Types.Answer.Reject };
        _client.ConfirmInterest(_grid.Turn(TenantWorld.Now + 1), no, new ConfirmInterestResponse());

        Profile own = _client.View(_grid.Turn(), new GetProfileRequest { ClientId = "c" });
        Assert.Equal(Interest.Types.Trust.Rejected, isTrait ? own.Traits.Single().Trust : own.Interests.Single().Trust);
    }

    [Theory]
    [InlineData(-4, 0)]
    [InlineData(4, 4)]
    public void Record_ALittleAheadOfTheClock_IsAsOfTheClock(double minutesAgo, double expected)
    {
        _grid.Record(_client, TenantWorld.Event("e1", minutesAgo: minutesAgo));

        Assert.Equal(TenantWorld.Now - (long)(expected * 60_000), _grid.Journal[^1].Entry.Event.TimeMs);
    }

    [Fact]
    public void Record_TraitOfAnActThatNobodyMayKeep_TheJournalDoesNotTellWhatActItWas()
    {
        var denied = new SetConsentsRequest();
        denied.Consents.Add(TenantWorld.Keeping.Select(p => new V1.Consent { Purpose = p, Category = "purchases", Decision = V1.Consent.Types.Decision.Deny }));
        _client.SetConsents(_grid.Turn(), denied, new SetConsentsResponse());
        FootprintEvent e = TenantWorld.Event("e1", "purchase", "i1", "golf");
        e.Traits.Add(new TraitValue { Name = "email", Value = "a@b", Category = "contact" });

        _grid.Record(_client, e);

        StoredEvent stored = _grid.Journal[^1].Entry.Event;
        Assert.Equal((0u, 1, true), (stored.Categories, stored.Traits.Count, stored.TraitsOnly));
    }

    [Fact]
    public void Record_PrivacySignalOfAStrangerOfWhomNothingMayBeKept_KeepsNothing()
    {
        _grid.Definitions = new TenantDefinitions("t", ConsentRegime.OptIn);
        var result = new RecordResult();

        _client.Record(_grid.Turn() with { HasPrivacySignal = true }, TenantWorld.Event("e1"), result);

        Assert.Equal((Status.Rejected, 0), (result.Status, _grid.Journal.Count));
    }

    [Fact]
    public void Record_PrivacySignalWithAnEventOfBeforeTheErasure_LeavesTheClientErased()
    {
        _grid.Record(_client, TenantWorld.Event("e1", minutesAgo: 60));
        _client.Erase(_grid.Turn());
        int before = _grid.Journal.Count;
        var result = new RecordResult();

        _client.Record(_grid.Turn() with { HasPrivacySignal = true }, TenantWorld.Event("late", minutesAgo: 30), result);

        Assert.Equal((Status.Rejected, before, true), (result.Status, _grid.Journal.Count, _client.Profile.IsTombstone));
    }
}
