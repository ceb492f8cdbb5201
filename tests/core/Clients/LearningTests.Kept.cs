using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Retention;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Tests.Clients;

/// <summary>What of those whose answers are not personal is kept until their outcomes come.</summary>
public sealed partial class LearningTests
{
    [Fact]
    public void Pick_OfAStranger_IsKeptForItsOutcomes()
    {
        ClientActor stranger = TenantWorld.NewClient("stranger");
        PickContentResponse response = _grid.Pick(stranger);

        Assert.Equal(Fallback.Types.Reason.NoProfile, response.Fallback);
        Assert.True(stranger.TakeUnsaved());
        Assert.False(stranger.IsEmpty);
        stranger = ClientActor.Load(stranger.Key, stranger.Checkpoint(), []);
        Click(response, 0, stranger);

        Assert.Equal((10, 1), Counted());
    }

    [Fact]
    public void Pick_OfAStrangerWhoNeverComesBack_IsGoneWithRetention()
    {
        ClientActor stranger = TenantWorld.NewClient("stranger");
        _grid.Pick(stranger);
        var rules = new RetentionRules { Idle = TimeSpan.FromMilliseconds(Day) };

        Assert.False(stranger.Expire(_grid.Turn(TenantWorld.Now + Day), rules));
        Assert.True(stranger.Expire(_grid.Turn(TenantWorld.Now + Day + 1), rules));

        Assert.True(stranger.Profile.IsTombstone);
    }

    [Fact]
    public void Pick_OfAStrangerAfterACrash_IsGoneWithRetention()
    {
        ClientActor stranger = TenantWorld.NewClient("stranger");
        _grid.Pick(stranger);

        stranger = _grid.Replay(stranger);

        Assert.Equal(TenantWorld.Now, LastKnown.Ms(stranger.Profile));
    }

    [Fact]
    public void Pick_OfAStrangerOfWhomNothingMayBeKept_KeepsAndTeachesNothing()
    {
        _grid.Definitions = _grid.Definitions with { Regime = ConsentRegime.OptIn };
        ClientActor stranger = TenantWorld.NewClient("stranger");

        Assert.Equal(10, _grid.Pick(stranger).Picks.Count);

        Assert.False(stranger.TakeUnsaved());
        Assert.True(stranger.IsEmpty);
        Assert.False(stranger.Profile.HoldsAnything);
        _grid.Learn();
        Assert.Empty(_grid.Knowledge.Placements);
    }

    [Fact]
    public void Pick_OfAStrangerThatTheJournalDoesNotTake_KeepsAndTeachesNothing()
    {
        ClientActor stranger = TenantWorld.NewClient("stranger");
        _grid.IsJournalFull = true;

        Assert.Equal(10, _grid.Pick(stranger).Picks.Count);

        Assert.True(stranger.IsEmpty);
        Assert.False(stranger.Profile.HoldsAnything);
        _grid.Learn();
        Assert.Empty(_grid.Knowledge.Placements);
    }

    [Fact]
    public void Pick_NothingToShow_KeepsNobody()
    {
        ClientActor stranger = TenantWorld.NewClient("stranger");

        Assert.Empty(_grid.Pick(stranger, new PickContentRequest { ClientId = "stranger", Placement = "home", Candidates = { "none" } }).Picks);

        Assert.True(stranger.IsEmpty);
        Assert.False(stranger.TakeUnsaved());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Pick_OfAKnownClient_HasToBeSavedWhateverItsAnswerGoesBy(bool isPersonal)
    {
        if (!isPersonal)
        {
            Deny(Purposes.Personalization, "*");
        }

        Assert.False(_client.TakeUnsaved());
        Assert.Equal(isPersonal, _grid.Pick(_client).Personalized);

        Assert.True(_client.TakeUnsaved());
        Assert.False(_client.TakeUnsaved());
    }
}
