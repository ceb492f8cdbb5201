using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.V1;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Cause = Footprint.Grid.V1.TargetAdsResponse.Types.Refusal.Types.Cause;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;

namespace Footprint.Grid.Core.Tests.Privacy;

/// <summary>What a client was shown is behaviour: counted, kept and given where that may be, and nowhere else.</summary>
public sealed class ShownTests
{
    private readonly TenantWorld _grid = new();

    public ShownTests()
    {
        var cap = new FrequencyCap { Count = 1, Window = Duration.FromTimeSpan(TimeSpan.FromHours(1)) };
        _grid.Items(TenantWorld.Item("i1", "golf"), TenantWorld.Item("i2", "golf"), TenantWorld.Item("i3", "tea"), TenantWorld.Item("i4", "opera"));
        _grid.Definitions = _grid.Definitions with
        {
            Campaigns = _grid.Definitions.Campaigns.With(
            [
                new Campaign { CampaignId = "capped", Bid = 2, FrequencyCaps = { cap } },
                new Campaign { CampaignId = "loose", Bid = 1, FrequencyCaps = { new FrequencyCap { Count = 3, Window = cap.Window } } },
                new Campaign { CampaignId = "plain", Bid = 1 },
            ]),
            Placements = _grid.Definitions.Placements.With(
            [
                new Placement { PlacementId = "items", ItemCaps = { cap } },
                new Placement { PlacementId = "topics", TopicCaps = { new Placement.Types.TopicCap { Topic = "golf", Cap = cap } } },
            ]),
        };
    }

    [Fact]
    public void Answers_ClientsThatDifferInWhatTheyWereShownAlone_SameToTheByte() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        (ClientActor left, ClientActor right) = Twins(new Random(seed));
        Withhold(left, right);

        return (Answers(left) == Answers(right)).Label("what was shown has an influence");
    }).QuickCheckThrowOnFailure();

    /// <summary>The mutant check: where behaviour may be used, the same twins are told apart by every kind of answer.</summary>
    [Fact]
    public void Answers_WhereBehaviourMayBeUsed_WhatWasShownCounts()
    {
        var differing = new HashSet<int>();
        for (int seed = 0; seed < 50; seed++)
        {
            (ClientActor left, ClientActor right) = Twins(new Random(seed));
            string[] mine = Answers(left).Split('\n');
            string[] others = Answers(right).Split('\n');
            differing.UnionWith(Enumerable.Range(0, mine.Length).Where(i => mine[i] != others[i]));
        }

        Assert.Equal([0, 1, 2], differing.Order());
    }

    [Theory]
    [InlineData("behaviour", new[] { "plain" })]
    [InlineData("*", new[] { "plain" })]
    [InlineData("location", new[] { "capped", "loose", "plain" })]
    public void TargetAds_WhereCapsCannotBeCounted_NothingCappedIsShown(string denied, string[] shown)
    {
        ClientActor client = Known();
        Deny(client, denied, Purposes.Advertising);

        TargetAdsResponse ads = Ads(client);

        Assert.Equal(shown, ads.Picks.Select(p => p.CampaignId).Order());
        Assert.All(ads.Refusals, refused => Assert.Equal(Cause.FrequencyCap, refused.Cause));
        Assert.Equal(3, ads.Picks.Count + ads.Refusals.Count);
    }

    [Fact]
    public void TargetAds_WithNobodyKnown_NothingWasShownSoCapsHoldNothingBack() =>
        Assert.Equal(3, Ads(TenantWorld.NewClient()).Picks.Count);

    [Fact]
    public void PickContent_WhereCapsCannotBeCounted_TheyHoldWithinTheAnswer()
    {
        ClientActor client = Known();
        Deny(client, "behaviour", Purposes.Personalization);

        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(4, Pick(client, "items").Picks.Count);
            Assert.Single(Pick(client, "topics").Picks, p => p.ItemId is "i1" or "i2");
        }
    }

    [Fact]
    public void Decisions_WhereNobodyMayKeepBehaviour_NothingShownIsJournalledOrKept()
    {
        ClientActor client = Known();
        Deny(client, "behaviour", TenantWorld.Keeping);
        int before = _grid.Journal.Count;

        Assert.NotEmpty(Ads(client).Picks);
        Assert.NotEmpty(Pick(client, "items").Picks);
        Assert.NotEmpty(Pick(client, "elsewhere").Picks);

        Assert.DoesNotContain(_grid.Journal.Skip(before), entry => entry.Entry.AdsShown is not null);
        Assert.Empty(Export(client).Impressions);
    }

    [Fact]
    public void SetConsents_BehaviourMayNotBeKeptAnyMore_WhatAdsAndItemsShowedGoes()
    {
        ClientActor client = Known();
        Ads(client);
        Pick(client, "items");
        Pick(client, "elsewhere");
        Assert.Equal((3, 4, 4), Counts(client));

        Deny(client, "behaviour", TenantWorld.Keeping);

        Assert.Equal((0, 0, 0), Counts(client));
        Assert.Equal((0, 0, 0), Counts(_grid.Replay(client)));

        static (int Ads, int Capped, int Other) Counts(ClientActor of) =>
            (of.Profile.AdImpressions.Count, of.Profile.ContentImpressions.Count, of.Profile.Impressions.Count);
    }

    [Fact]
    public void Export_ForARecipient_NeverHasWhatTheClientWasShown()
    {
        ClientActor client = Known();
        Ads(client);
        Pick(client, "elsewhere");

        ExportResponse handed = client.Export(_grid.Turn(), new ExportRequest { ClientId = "cookie", Recipient = "acme" });

        Assert.NotEmpty(handed.Profile.Counters);
        Assert.Empty(handed.Impressions);
        Assert.DoesNotContain("capped", handed.ToString(), StringComparison.Ordinal);
        Assert.Contains(Export(client).Impressions, shown => shown.CampaignId == "capped");
    }

    [Fact]
    public void View_ForARecipient_NamesTheIdThatItAskedBy()
    {
        ClientActor client = Known();

        Assert.Equal("cookie", client.View(_grid.Turn(), new GetProfileRequest { ClientId = "cookie", Recipient = "acme" }).ClientId);
        ExportResponse handed = client.Export(_grid.Turn(), new ExportRequest { ClientId = "cookie", Recipient = "acme" });
        Assert.Equal("cookie", handed.Profile.ClientId);
        Assert.Equal("c", client.View(_grid.Turn(), new GetProfileRequest { ClientId = "cookie" }).ClientId);
    }

    private (ClientActor Left, ClientActor Right) Twins(Random random)
    {
        var twins = (Left: Known(), Right: Known());
        foreach (ClientActor twin in new[] { twins.Left, twins.Right })
        {
            for (int i = random.Next(5); i > 0; i--)
            {
                switch (random.Next(3))
                {
                    case 0:
                        Ads(twin);
                        break;
                    case 1:
                        Pick(twin, "items", random.Next(1, 4));
                        break;
                    default:
                        Pick(twin, "topics", random.Next(1, 4));
                        break;
                }
            }
        }

        return twins;
    }

    private void Withhold(params ClientActor[] clients)
    {
        foreach (ClientActor client in clients)
        {
            Deny(client, "behaviour", Purposes.Personalization, Purposes.Advertising);
        }
    }

    // By turns of the same numbers, so that chance falls alike.
    private string Answers(ClientActor client)
    {
        ulong seed = 0;
        Turn Turn() => new(TenantWorld.Now, long.MaxValue, _grid.Definitions, _grid.Knowledge, ++seed, _grid, _grid);
        var ads = new TargetAdsResponse();
        var items = new PickContentResponse();
        var topics = new PickContentResponse();
        client.TargetAds(Turn(), new TargetAdsRequest { ClientId = "c", Placement = "top", Count = 3, Explain = true }, ads);
        client.PickContent(Turn(), new PickContentRequest { ClientId = "c", Placement = "items", Count = 3 }, items);
        client.PickContent(Turn(), new PickContentRequest { ClientId = "c", Placement = "topics", Count = 3 }, topics);
        ads.ProfileVersion = items.ProfileVersion = topics.ProfileVersion = ads.Withheld.Count == 0 ? 0 : ads.ProfileVersion;
        return string.Join('\n', new IMessage[] { ads, items, topics }.Select(answer => Convert.ToHexString(answer.ToByteArray())));
    }

    private ClientActor Known()
    {
        ClientActor client = TenantWorld.NewClient();
        _grid.Record(client, TenantWorld.Event("e1", topic: "golf"));
        return client;
    }

    private TargetAdsResponse Ads(ClientActor client)
    {
        var response = new TargetAdsResponse();
        client.TargetAds(_grid.Turn(), new TargetAdsRequest { ClientId = "c", Placement = "top", Count = 5, Explain = true }, response);
        return response;
    }

    private PickContentResponse Pick(ClientActor client, string placement, int count = 4) =>
        _grid.Pick(client, new PickContentRequest { ClientId = "c", Placement = placement, Count = count });

    private ExportResponse Export(ClientActor client) => client.Export(_grid.Turn(), new ExportRequest { ClientId = "c" });

    private void Deny(ClientActor client, string category, params string[] purposes)
    {
        var request = new SetConsentsRequest();
        request.Consents.Add(purposes.Select(purpose => new V1.Consent { Purpose = purpose, Category = category, Decision = Decision.Deny }));
        client.SetConsents(_grid.Turn(), request, new SetConsentsResponse());
    }
}
