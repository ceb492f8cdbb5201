using Footprint.Grid.Core.Clients;
using Footprint.Grid.V1;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;
using Why = Footprint.Grid.V1.Fallback.Types.Reason;

namespace Footprint.Grid.Core.Tests.Clients;

/// <summary>Every reason for less than a personal answer, on content and on ads; the clock is the turn's.</summary>
public sealed class FallbackTests
{
    private readonly TenantWorld _grid = new();

    public FallbackTests()
    {
        _grid.Items(TenantWorld.Item("i1", "golf"), TenantWorld.Item("i2", "tea"));
        _grid.Definitions = _grid.Definitions with
        {
            Campaigns = _grid.Definitions.Campaigns.With([new Campaign { CampaignId = "ad", Bid = 1, Topics = { new TopicWeight { Topic = "golf", Weight = 1 } } }]),
        };
    }

    [Fact]
    public void Decide_NoProfile_IsNoErrorAndNotPersonal()
    {
        ClientActor client = TenantWorld.NewClient();

        Assert.Equal((Why.NoProfile, 2), Content(client, long.MaxValue));
        Assert.Equal((Why.NoProfile, 1), Ads(client, long.MaxValue));
        Assert.True(client.IsEmpty);
    }

    [Fact]
    public void Decide_NoConsent_UsesNothingOfTheProfile()
    {
        ClientActor client = Fan();
        _grid.Consent(client, "personalization", Decision.Deny);
        _grid.Consent(client, "advertising", Decision.Deny);

        Assert.Equal((Why.NoConsent, 2), Content(client, long.MaxValue));
        Assert.Equal((Why.NoConsent, 1), Ads(client, long.MaxValue));
    }

    [Theory]
    [InlineData(0, Why.None)]
    [InlineData(-1, Why.Deadline)]
    public void Decide_TurnStartsAtOrPastTheDeadline_IsScoredOrNot(int offsetMs, Why expected)
    {
        ClientActor client = Fan();

        Assert.Equal((expected, 2), Content(client, TenantWorld.Now + offsetMs));
        Assert.Equal((expected, expected == Why.Deadline ? 0 : 1), Ads(client, TenantWorld.Now + offsetMs));
    }

    private ClientActor Fan()
    {
        ClientActor client = TenantWorld.NewClient();
        _grid.Record(client, TenantWorld.Event("e1", topic: "golf"));
        return client;
    }

    private (Why Reason, int Picks) Content(ClientActor client, long deadlineMs)
    {
        PickContentResponse response = _grid.Pick(client, deadlineMs: deadlineMs);
        bool isPersonal = response.Fallback == Why.None;
        Assert.Equal(isPersonal, response.Personalized);
        Assert.Equal(isPersonal, response.Picks.SelectMany(p => p.Reasons).Any(r => r.Kind == Reason.Types.Kind.Interest));
        return (response.Fallback, response.Picks.Count);
    }

    private (Why Reason, int Picks) Ads(ClientActor client, long deadlineMs)
    {
        var response = new TargetAdsResponse();
        client.TargetAds(_grid.Turn(deadlineMs: deadlineMs), new TargetAdsRequest { ClientId = "c", Placement = "top" }, response);
        bool isPersonal = response.Fallback == Why.None;
        Assert.Equal(isPersonal, response.Personalized);
        Assert.Equal(isPersonal, response.Picks.SelectMany(p => p.Reasons).Any(r => r.Kind == Reason.Types.Kind.Interest));
        return (response.Fallback, response.Picks.Count);
    }
}
