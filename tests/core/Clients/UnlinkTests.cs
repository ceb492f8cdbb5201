using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Retention;
using Footprint.Grid.Core.Tests.Profiles;
using Footprint.Grid.Engine;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Google.Rpc;
using Status = Footprint.Grid.V1.RecordResult.Types.Status;

namespace Footprint.Grid.Core.Tests.Clients;

/// <summary>What an id brings along, and what it does not, when it changes hands.</summary>
public sealed class UnlinkTests
{
    private readonly TenantWorld _grid = new();
    private readonly ClientActor _known = TenantWorld.NewClient("known");
    private readonly ClientActor _id = TenantWorld.NewClient("cookie");

    [Fact]
    public void Unlink_Id_KeepsWhatCameByItAndStartsAnew()
    {
        _grid.Record(_id, Event("e1", "golf"));
        _known.Link(_grid.Turn(), _id);

        Assert.True(_known.Unlink(_grid.Turn(), _id, signOut: false));

        Assert.Null(_id.AliasOf);
        Assert.Equal(Status.Rejected, _grid.Record(_id, Event("late", "tennis", minutesAgo: 60)).Status);
        Assert.Equal(Status.Applied, _grid.Record(_id, Event("e2", "chess")).Status);
        Assert.Equal(["golf"], Topics(_known));
        Assert.Equal(["chess"], Topics(_id));
        Profile view = _known.View(_grid.Turn(), new GetProfileRequest());
        Assert.Equal((0, "cookie"), (view.Aliases.Count, Assert.Single(view.Unlinked)));
        Assert.Null(SameProfile.Difference(_known.Profile, _grid.Replay(_known).Profile));
    }

    [Fact]
    public void Link_AfterUnlinking_NeedsTheClientToAsk()
    {
        _known.Link(_grid.Turn(), _id);
        _known.Unlink(_grid.Turn(), _id, signOut: false);
        _grid.Record(_id, Event("e1", "golf"));

        GridException refused = Assert.Throws<GridException>(() => _known.Link(_grid.Turn(), _id));
        Assert.Equal((Code.FailedPrecondition, "anonymousId"), (refused.Code, refused.Faults[0].Field));
        Assert.Equal(LinkOutcome.Merged, TenantWorld.NewClient("somebody else").Link(_grid.Turn(), Copy(_id)));
        Assert.Equal(LinkOutcome.Merged, _known.Link(_grid.Turn(), _id, again: true));

        Assert.Equal(["golf"], Topics(_known));
        Assert.Empty(_known.View(_grid.Turn(), new GetProfileRequest()).Unlinked);
    }

    [Fact]
    public void Unlink_ById_ThatWasNeverLinked_ForbidsItBeforehand()
    {
        Assert.False(_known.Unlink(_grid.Turn(), _id, signOut: false));
        Assert.False(_known.Unlink(_grid.Turn(), _id, signOut: false));

        Assert.Throws<GridException>(() => _known.Link(_grid.Turn(), _id));
        Assert.Equal(1ul, _known.JournalSequence);
        Assert.Equal(0ul, _id.JournalSequence);
    }

    [Fact]
    public void SignOut_Id_MayBeLinkedAgainAndLeavesNothingBehind()
    {
        _known.Link(_grid.Turn(), _id);
        Assert.True(_known.Unlink(_grid.Turn(), _id, signOut: true));
        Assert.False(_known.Unlink(_grid.Turn(), _id, signOut: true));

        Assert.Equal(2ul, _known.JournalSequence);
        Assert.Null(_known.Profile.LinkedIds);
        Assert.Equal(LinkOutcome.Merged, _known.Link(_grid.Turn(), _id));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public void Link_ClientThatNothingLeadsToAnyMore_IsRefused(bool signOut, bool isReplayed)
    {
        _grid.Record(_known, Event("e1", "golf", client: "known"));
        _known.Link(_grid.Turn(), _id);
        _known.Unlink(_grid.Turn(), _id, signOut);
        ClientActor known = isReplayed ? _grid.Replay(_known) : Reloaded(_known);
        byte[] before = known.Checkpoint();

        GridException refused = Assert.Throws<GridException>(() => TenantWorld.NewClient("other").Link(_grid.Turn(), known, again: true));

        Assert.Equal((Code.FailedPrecondition, "anonymousId"), (refused.Code, refused.Faults[0].Field));
        Assert.Equal(before, known.Checkpoint());
    }

    [Fact]
    public void Link_ClientThatOnlyGaveAnIdUp_IsRefused()
    {
        _known.Unlink(_grid.Turn(), _id, signOut: false);

        Assert.Throws<GridException>(() => TenantWorld.NewClient("other").Link(_grid.Turn(), Reloaded(_known)));
    }

    [Fact]
    public void Link_ClientStoredBeforeThatWasMarked_IsRefused()
    {
        _known.Link(_grid.Turn(), _id);
        StoredProfile stored = ProfileCodec.Save(_known.Profile);
        stored.Known = false;
        var old = new ClientActor(_known.Key, ProfileCodec.Load(stored));
        old.Unlink(_grid.Turn(), _id, signOut: true);

        Assert.Throws<GridException>(() => TenantWorld.NewClient("other").Link(_grid.Turn(), old));
    }

    [Fact]
    public void Link_ClientThatRetentionWentOver_IsStillRefused()
    {
        _grid.Record(_known, Event("e1", "golf", minutesAgo: 60, client: "known"));
        _grid.Consent(_known, "club", V1.Consent.Types.Decision.Deny);
        _known.Link(_grid.Turn(), _id);
        _known.Unlink(_grid.Turn(), _id, signOut: true);

        Assert.True(_known.Expire(_grid.Turn(), new RetentionRules { Idle = TimeSpan.FromMinutes(30) }));

        Assert.Throws<GridException>(() => TenantWorld.NewClient("other").Link(_grid.Turn(), Reloaded(_known)));
    }

    [Fact]
    public void Link_ClientThatWasErased_IsSomebodyUnknown()
    {
        _known.Link(_grid.Turn(), _id);
        _known.Unlink(_grid.Turn(), _id, signOut: true);
        _known.Erase(_grid.Turn());

        Assert.Equal(LinkOutcome.Merged, TenantWorld.NewClient("other").Link(_grid.Turn(), _known));
    }

    [Fact]
    public void Link_AnothersId_HandsItOverAndNothingWithIt()
    {
        ClientActor other = TenantWorld.NewClient("other");
        _grid.Record(_id, Event("e1", "golf"));
        _known.Link(_grid.Turn(), _id);

        Assert.Equal(LinkOutcome.HandedOver, other.Link(_grid.Turn(), _id));

        Assert.Equal("other", _id.AliasOf);
        FootprintEvent late = Event("late", "tennis", minutesAgo: 60);
        late.ClientId = "cookie";
        Assert.Equal(Status.Rejected, _grid.Record(other, late).Status);
        Assert.Equal(["golf"], Topics(_known));
        Assert.Empty(Topics(other));

        // Its own past is its own.
        Assert.Equal(Status.Applied, _grid.Record(other, Event("own", "chess", minutesAgo: 60, client: "other")).Status);
        Assert.Equal(Status.Rejected, _grid.Record(Reloaded(other), late).Status);
    }

    [Fact]
    public void Release_IdThatWasHandedOver_IsListedNoMoreAndOneThatCameBackIs()
    {
        ClientActor other = TenantWorld.NewClient("other");
        _known.Link(_grid.Turn(), _id);
        Assert.False(_known.Release(_grid.Turn(), _id));
        other.Link(_grid.Turn(), _id);

        Assert.True(_known.Release(_grid.Turn(), _id));
        Assert.False(_known.Release(_grid.Turn(), _id));

        Assert.Empty(_known.Aliases);
        Assert.Equal("other", _id.AliasOf);
        Assert.Null(SameProfile.Difference(_known.Profile, _grid.Replay(_known).Profile));
        _known.Link(_grid.Turn(), _id);
        Assert.False(_known.Release(_grid.Turn(), _id));
        Assert.Equal(["cookie"], _known.Aliases);
    }

    [Fact]
    public void Link_OfAnIdThatWasErased_DoesNotShutOutTheClientsOwnPast()
    {
        _id.Erase(_grid.Turn());

        _known.Link(_grid.Turn(), _id);

        Assert.Equal(Status.Applied, _grid.Record(_known, Event("own", "chess", minutesAgo: 60, client: "known")).Status);
        FootprintEvent late = Event("late", "golf", minutesAgo: 60);
        late.ClientId = "cookie";
        Assert.Equal(Status.Rejected, _grid.Record(_known, late).Status);
    }

    [Fact]
    public void Unlink_BeyondTheBound_IsRefusedAndChangesNothing()
    {
        for (int i = 0; i < ProfileLimits.Aliases; i++)
        {
            _known.Unlink(_grid.Turn(), TenantWorld.NewClient($"id-{i}"), signOut: false);
        }

        byte[] before = _known.Checkpoint();
        Assert.Throws<GridException>(() => _known.Unlink(_grid.Turn(), _id, signOut: false));

        Assert.Equal(before, _known.Checkpoint());
    }

    [Fact]
    public void Expire_IdleClient_KeepsWhatItGaveUp()
    {
        _grid.Record(_known, Event("e1", "golf", minutesAgo: 60, client: "known"));
        _known.Unlink(_grid.Turn(), _id, signOut: false);

        Assert.True(_known.Expire(_grid.Turn(), new RetentionRules { Idle = TimeSpan.FromMinutes(30) }));

        Assert.Empty(Topics(_known));
        Assert.Throws<GridException>(() => Reloaded(_known).Link(_grid.Turn(), _id));
    }

    private static FootprintEvent Event(string id, string topic, double minutesAgo = -1, string client = "cookie")
    {
        FootprintEvent act = TenantWorld.Event(id, topic: topic, minutesAgo: minutesAgo);
        act.ClientId = client;
        return act;
    }

    private static ClientActor Reloaded(ClientActor actor) => ClientActor.Load(actor.Key, actor.Checkpoint(), []);

    private static ClientActor Copy(ClientActor actor) => Reloaded(actor);

    private string[] Topics(ClientActor actor) => [.. actor.View(_grid.Turn(), new GetProfileRequest()).Interests.Select(i => i.Topic).Order()];
}
