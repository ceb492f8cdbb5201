using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Tests.Profiles;
using Footprint.Grid.V1;
using Answer = Footprint.Grid.V1.ConfirmInterestRequest.Types.Answer;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Core.Tests.Clients;

/// <summary>A no that the client lifted: it still holds for who may not use what the client declared.</summary>
public sealed class LiftedTests
{
    private const long Hour = 3_600_000;
    private readonly TenantWorld _grid = new();
    private readonly ClientActor _client = TenantWorld.NewClient();

    public LiftedTests() => _grid.Items(TenantWorld.Item("i1", "golf"), TenantWorld.Item("i2", "tea"));

    [Theory]
    [InlineData("declare", false)]
    [InlineData("declare", true)]
    [InlineData("confirm", false)]
    public void PickContent_WhereWhatWasDeclaredIsWithheld_AsIfItHadNotBeenLifted(string how, bool isNoLate)
    {
        ClientActor rejected = TenantWorld.NewClient();
        foreach (ClientActor client in new[] { rejected, _client })
        {
            if (client == _client && isNoLate)
            {
                Lift(client, how);
                Say(client, Answer.Reject, 5);
            }
            else
            {
                Say(client, Answer.Reject, 5);
                Lift(client, client == _client ? how : "");
            }

            _grid.Record(client, TenantWorld.Event("v", topic: "golf", minutesAgo: 10));
        }

        Assert.NotEqual(Picks(rejected), Picks(_client));
        Deny(rejected, Purposes.Personalization);
        Deny(_client, Purposes.Personalization);

        Assert.Equal(Picks(rejected), Picks(_client));
        Assert.Equal(Picks(rejected), Picks(new ClientActor(_client.Key, ProfileCodec.Decode(_client.Checkpoint()))));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void PickContent_LiftedByOneOfTwoWhoBecameOne_AsIfItHadNotBeenLifted(bool isKnownsNo)
    {
        ClientActor cookie = TenantWorld.NewClient("cookie");
        Say(isKnownsNo ? _client : cookie, Answer.Reject, 5);
        Lift(isKnownsNo ? cookie : _client, "declare");
        _client.Link(_grid.Turn(), cookie);
        Assert.NotEqual(0, Score(_client));

        Deny(_client, Purposes.Personalization);

        Assert.Equal(0, Score(_client));
    }

    [Fact]
    public void SetConsents_WhatWasDeclaredMayNotBeKept_TheNoHoldsAgain()
    {
        Say(_client, Answer.Reject, 5);
        Lift(_client, "declare");
        _grid.Record(_client, TenantWorld.Event("v", topic: "golf", minutesAgo: 10));

        Deny(_client, TenantWorld.Keeping);

        Profile profile = _client.View(_grid.Turn(), new GetProfileRequest());
        Interest golf = Assert.Single(profile.Interests);
        Assert.Equal((Trust.Rejected, 0.0, TenantWorld.At(TenantWorld.Now - (5 * Hour))), (golf.Trust, golf.Affinity, golf.TrustTime));
        Assert.Equal((Trust.Inferred, Trust.Rejected, golf.TrustTime, ""), Assert.Single(profile.TrustHistory.Select(s => (s.From, s.To, s.Time, s.Source))));
        _grid.Record(_client, TenantWorld.Event("v2", topic: "golf"));
        Assert.Equal(0, _client.View(_grid.Turn(), new GetProfileRequest()).Interests.Single().Affinity);
        Assert.Null(SameProfile.Difference(_client.Profile, _grid.Replay(_client).Profile));
    }

    private void Say(ClientActor client, Answer answer, int hoursAgo) => client.ConfirmInterest(
        _grid.Turn(TenantWorld.Now - (hoursAgo * Hour)), new ConfirmInterestRequest { Topic = "golf", Answer = answer }, new ConfirmInterestResponse());

    private void Lift(ClientActor client, string how)
    {
        if (how == "declare")
        {
            _grid.Record(client, TenantWorld.Event("d", "declare", topic: "golf", minutesAgo: 60));
        }
        else if (how == "confirm")
        {
            Say(client, Answer.Confirm, 1);
        }
    }

    private string Picks(ClientActor client)
    {
        var turn = new Turn(TenantWorld.Now, long.MaxValue, _grid.Definitions, _grid.Knowledge, 7, _grid, _grid);
        var response = new PickContentResponse();
        client.PickContent(turn, new PickContentRequest { ClientId = "c", Placement = "home" }, response);
        return response.Picks.ToString();
    }

    private double Score(ClientActor client) => _grid.Pick(client).Picks.Single(p => p.ItemId == "i1").Score;

    private void Deny(ClientActor client, params string[] purposes)
    {
        var request = new SetConsentsRequest();
        request.Consents.Add(purposes.Select(p => new V1.Consent { Purpose = p, Category = "declared", Decision = Decision.Deny }));
        client.SetConsents(_grid.Turn(), request, new SetConsentsResponse());
    }
}
