using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Decisions;
using Footprint.Grid.Core.Hashing;
using Footprint.Grid.V1;
using FsCheck;
using FsCheck.Fluent;
using Cause = Footprint.Grid.V1.TargetAdsResponse.Types.Refusal.Types.Cause;
using Why = Footprint.Grid.V1.Fallback.Types.Reason;

namespace Footprint.Grid.Core.Tests.Clients;

/// <summary>Who is held out is so in every state that a client can be in.</summary>
public sealed class HoldoutTests
{
    [Fact]
    public void Holdout_OfAnyClientInAnyState_GoesByItsIdAlone() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        // Arrange
        var random = new Random(seed);
        double share = random.Next(11) / 10.0;
        double campaignShare = random.Next(11) / 10.0;
        string hashSeed = random.Next(2) == 0 ? "" : "s";
        var grid = new TenantWorld();
        grid.Items(TenantWorld.Item("i1", "golf"), TenantWorld.Item("i2", "tea"));
        grid.Definitions = grid.Definitions with
        {
            Placements = grid.Definitions.Placements.With(
            [
                new Placement { PlacementId = "home", Learning = Placement.Types.Learning.Explore, Holdout = new Placement.Types.Holdout { Share = share, Seed = hashSeed } },
                new Placement { PlacementId = "open" },
            ]),
            Campaigns = grid.Definitions.Campaigns.With([new Campaign { CampaignId = "ad", Bid = 1, HoldoutShare = campaignShare }]),
        };
        string id = $"c{random.Next(1000)}";
        ClientActor client = TenantWorld.NewClient(id);
        if (random.Next(2) == 0)
        {
            FootprintEvent e = TenantWorld.Event("e", topic: "golf");
            e.ClientId = id;
            grid.Record(client, e);
        }

        if (random.Next(3) == 0)
        {
            grid.Consent(client, "personalization", V1.Consent.Types.Decision.Deny);
            grid.Consent(client, "advertising", V1.Consent.Types.Decision.Deny);
        }

        // Decided for by its own actor, or as nobody under its name; in time or late.
        ClientActor decides = random.Next(3) == 0 ? TenantWorld.NewClient("") : client;
        long deadline = random.Next(4) == 0 ? TenantWorld.Now - 1 : long.MaxValue;
        bool isHeldOut = StableHash.IsIn(share, hashSeed.Length > 0 ? hashSeed : "home", id);

        // Act
        PickContentResponse content = grid.Pick(decides, new PickContentRequest { ClientId = id, Placement = "home" }, deadline);
        var ads = new TargetAdsResponse();
        decides.TargetAds(grid.Turn(deadlineMs: deadline), new TargetAdsRequest { ClientId = id, Placement = "home", Explain = true }, ads);
        var open = new TargetAdsResponse();
        decides.TargetAds(grid.Turn(), new TargetAdsRequest { ClientId = id, Placement = "open", Explain = true }, open);

        // Assert
        Assert.Equal(isHeldOut, content.Fallback == Why.Holdout);
        Assert.Equal(isHeldOut, DecisionId.IsHoldout(content.DecisionId));
        Assert.Equal(isHeldOut, ads.Fallback == Why.Holdout);
        Assert.Equal(isHeldOut, DecisionId.IsHoldout(ads.DecisionId));
        if (isHeldOut)
        {
            Assert.False(content.Personalized);
            Assert.Equal(0, client.Profile.ShownPicks.Count);
            Assert.DoesNotContain(content.Picks.SelectMany(p => p.Reasons), r => r.Kind is Reason.Types.Kind.Explored or Reason.Types.Kind.Learned or Reason.Types.Kind.Interest);
            Assert.Empty(ads.Picks);
        }

        bool isWithheld = StableHash.IsIn(campaignShare, "ad", id);
        Assert.Equal(isWithheld ? 0 : 1, open.Picks.Count);
        Assert.Equal(isWithheld, open.Refusals.Any(r => r.Cause == Cause.Holdout));
    }).QuickCheckThrowOnFailure();
}
