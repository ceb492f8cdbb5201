using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Retention;
using Footprint.Grid.V1;
using Cause = Footprint.Grid.V1.TargetAdsResponse.Types.Refusal.Types.Cause;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;
using Kind = Footprint.Grid.V1.Outcome.Types.Kind;

namespace Footprint.Grid.Core.Tests.Clients;

/// <summary>What a client dismissed, and what it was shown an ad for and did, ends that ad's being shown to it.</summary>
public sealed class AdAnswerTests
{
    private readonly TenantWorld _grid = new();

    public AdAnswerTests() => _grid.Definitions = _grid.Definitions with
    {
        Campaigns = _grid.Definitions.Campaigns.With([new Campaign { CampaignId = "ad", Bid = 2 }, new Campaign { CampaignId = "other", Bid = 1 }]),
    };

    [Theory]
    [InlineData(Kind.Dismissal, Cause.Dismissed)]
    [InlineData(Kind.Conversion, Cause.Converted)]
    public void Outcome_ThatEndsACampaign_IsNotShownAgain(Kind kind, Cause cause)
    {
        ClientActor client = TenantWorld.NewClient();
        Assert.Equal("ad", Ads(client).Picks[0].CampaignId);

        Report(client, kind, campaign: "ad");

        foreach (ClientActor same in new[] { client, _grid.Replay(client), ClientActor.Load(client.Key, client.Checkpoint(), []) })
        {
            TargetAdsResponse response = Ads(same);
            Assert.Equal(["other"], response.Picks.Select(p => p.CampaignId));
            Assert.Equal(("ad", cause), (response.Refusals[0].CampaignId, response.Refusals[0].Cause));
        }
    }

    [Theory]
    [InlineData(Kind.Impression)]
    [InlineData(Kind.Click)]
    public void Outcome_OfAnotherKind_EndsNothing(Kind kind)
    {
        ClientActor client = TenantWorld.NewClient();

        Report(client, kind, campaign: "ad");

        Assert.Equal("ad", Ads(client).Picks[0].CampaignId);
    }

    [Fact]
    public void Dismissal_OfALineItem_IsNotThatOfACampaign()
    {
        ClientActor client = TenantWorld.NewClient();

        Report(client, Kind.Dismissal, lineItem: "ad");

        Assert.Equal(["ad", "other"], Ads(client).Picks.Select(p => p.CampaignId));
        var response = new TargetAdsResponse();
        client.TargetAds(_grid.Turn(), new TargetAdsRequest { ClientId = "c", Placement = "top", LineItems = { new LineItem { LineItemId = "ad" } } }, response);
        Assert.Empty(response.Picks);
    }

    [Fact]
    public void Dismissal_WhereNothingMayBeUsed_IsObeyedAllTheSame()
    {
        ClientActor client = TenantWorld.NewClient();
        Report(client, Kind.Dismissal, campaign: "ad");

        _grid.Consent(client, "advertising", Decision.Deny);

        Assert.Equal(["other"], Ads(client).Picks.Select(p => p.CampaignId));
    }

    [Fact]
    public void Conversion_WhereBehaviourIsWithheld_HasNoPart()
    {
        ClientActor client = TenantWorld.NewClient();
        Report(client, Kind.Conversion, campaign: "ad");

        Deny(client, "advertising");
        Assert.Equal("ad", Ads(client).Picks[0].CampaignId);
        Deny(client, "*");

        Assert.Null(client.Profile.AdAnswers);
    }

    [Fact]
    public void Dismissal_WhereBehaviourMayNotBeKept_IsKeptAlone()
    {
        ClientActor client = TenantWorld.NewClient();
        Deny(client, "*");

        Report(client, Kind.Dismissal, campaign: "ad");
        Report(client, Kind.Conversion, campaign: "other");

        Assert.Equal(["other"], Ads(client).Picks.Select(p => p.CampaignId));
        Assert.Empty(client.Profile.Counters.All);
    }

    [Fact]
    public void Retention_EndsConversionsAndNotDismissals()
    {
        ClientActor client = TenantWorld.NewClient();
        Report(client, Kind.Conversion, campaign: "other");
        Report(client, Kind.Dismissal, campaign: "ad");
        var turn = _grid.Turn(TenantWorld.Now + (long)TimeSpan.FromDays(31).TotalMilliseconds);

        Assert.True(client.Expire(turn, new RetentionRules { Idle = TimeSpan.FromDays(30) }));

        Assert.Equal(["other"], Ads(client).Picks.Select(p => p.CampaignId));
        client.Erase(turn);
        Assert.Equal(["ad", "other"], Ads(client).Picks.Select(p => p.CampaignId));
    }

    [Fact]
    public void Link_BringsAnswersAlong()
    {
        ClientActor client = TenantWorld.NewClient();
        ClientActor device = TenantWorld.NewClient("device");
        Report(device, Kind.Dismissal, campaign: "ad");

        client.Link(_grid.Turn(), device);

        Assert.Equal(["other"], Ads(client).Picks.Select(p => p.CampaignId));
    }

    [Fact]
    public void Answers_PastTheirBound_KeepDismissalsAndTheLast()
    {
        ClientActor client = TenantWorld.NewClient();
        Report(client, Kind.Dismissal, campaign: "ad");
        for (int i = 0; i < ProfileLimits.AdAnswers + 10; i++)
        {
            Report(client, Kind.Conversion, campaign: i < 5 ? "other" : $"c{i}");
        }

        Assert.Equal(["other"], Ads(client).Picks.Select(p => p.CampaignId));
        Assert.Equal(ProfileLimits.AdAnswers, ProfileCodec.Save(client.Profile).AdAnswers.Count);
    }

    private TargetAdsResponse Ads(ClientActor client)
    {
        var response = new TargetAdsResponse();
        client.TargetAds(_grid.Turn(), new TargetAdsRequest { ClientId = "c", Placement = "top", Count = 2, Explain = true }, response);
        return response;
    }

    private void Report(ClientActor client, Kind kind, string campaign = "", string lineItem = "")
    {
        var outcome = new Outcome
        {
            OutcomeId = $"o{_grid.Journal.Count}",
            ClientId = client.Key.ClientId,
            CampaignId = campaign,
            LineItemId = lineItem,
            Kind = kind,
            Time = TenantWorld.At(TenantWorld.Now - 100_000 + _grid.Journal.Count),
        };
        client.ReportOutcome(_grid.Turn(), outcome, new RecordResult());
    }

    private void Deny(ClientActor client, string purpose)
    {
        string[] purposes = purpose == "*" ? ["personalization", "advertising", "analytics", "measurement"] : [purpose];
        var request = new SetConsentsRequest();
        request.Consents.AddRange(purposes.Select(p => new V1.Consent { Purpose = p, Category = "behaviour", Decision = Decision.Deny }));
        client.SetConsents(_grid.Turn(), request, new SetConsentsResponse());
    }
}
