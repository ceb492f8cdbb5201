using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Retention;
using Footprint.Grid.V1;
using FsCheck;
using FsCheck.Fluent;
using Cause = Footprint.Grid.V1.TargetAdsResponse.Types.Refusal.Types.Cause;

namespace Footprint.Grid.Core.Tests.Clients;

/// <summary>Frequency caps through the client's own turns: never more than they say, whatever else an answer goes without.</summary>
public sealed class CapTests
{
    private const long Hour = 3_600_000;
    private readonly TenantWorld _grid = new();

    [Fact]
    public void Caps_AnyTimesAndRestarts_AreNeverPassed() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        // Arrange: campaigns and a line item with caps of any kind, some never capped, and a client that is known or not.
        var random = new Random(seed);
        var grid = new TenantWorld();
        Campaign[] campaigns = [.. Enumerable.Range(0, 4).Select(i => new Campaign { CampaignId = $"ad{i}", Bid = random.Next(1, 4) })];
        var item = new LineItem { LineItemId = "ad0", Bid = 1 };
        foreach (var caps in campaigns.Skip(1).Select(c => c.FrequencyCaps).Append(item.FrequencyCaps))
        {
            caps.Add(Enumerable.Range(0, random.Next(1, 3)).Select(_ => TenantWorld.Cap(random.Next(1, 6), random.Next(1, 48) * Hour / 4)));
        }

        grid.Definitions = grid.Definitions with { Campaigns = grid.Definitions.Campaigns.With(campaigns) };
        ClientActor client = TenantWorld.NewClient();
        if (random.Next(2) == 0)
        {
            grid.Record(client, TenantWorld.Event("e", topic: "golf"));
        }

        var shown = new List<(string Id, long TimeMs)>();
        long now = TenantWorld.Now;
        for (int step = 0; step < 120; step++)
        {
            now += random.Next(4) == 0 ? random.NextInt64(2 * Hour) : random.Next(60_000);
            client = random.Next(12) switch
            {
                // The client comes back from its journal, or from a checkpoint and what was journalled since.
                0 => grid.Replay(client),
                1 => ClientActor.Load(client.Key, client.Checkpoint(), []),
                _ => client,
            };
            grid.IsJournalFull = random.Next(10) == 0;
            var request = new TargetAdsRequest { ClientId = "c", Placement = "top", Count = random.Next(1, 4) };
            if (random.Next(2) == 0)
            {
                request.LineItems.Add(item);
                request.Campaigns.Add(campaigns.Select(c => c.CampaignId));
            }

            var response = new TargetAdsResponse();
            client.TargetAds(grid.Turn(now), request, response);
            shown.AddRange(response.Picks.Select(p => (p.CampaignId + "/" + p.LineItemId, now)));
        }

        // Assert: no window that ends with an impression holds more than its cap.
        foreach ((string id, var caps) in campaigns.Select(c => (c.CampaignId + "/", c.FrequencyCaps)).Append(("/ad0", item.FrequencyCaps)))
        {
            long[] times = [.. shown.Where(s => s.Id == id).Select(s => s.TimeMs)];
            foreach (FrequencyCap cap in caps)
            {
                Assert.All(times, end => Assert.InRange(times.Count(t => t <= end && t > end - (cap.Window.Seconds * 1000)), 1, cap.Count));
            }
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Cap_OfAClientWithoutEvents_Counts()
    {
        Define(TenantWorld.Cap(1, Hour));
        ClientActor client = TenantWorld.NewClient();

        Assert.Equal(1, Rounds(client, 5));
        Assert.Equal(0, Rounds(_grid.Replay(client), 5));
        Assert.Equal(1, Rounds(client, 5, TenantWorld.Now + Hour));
        Assert.Equal(Fallback.Types.Reason.NoProfile, Ads(client).Fallback);
    }

    [Fact]
    public void Cap_OfNobodyInParticular_IsNone()
    {
        Define(TenantWorld.Cap(1, Hour));
        ClientActor nobody = TenantWorld.NewClient("");

        for (int i = 0; i < 3; i++)
        {
            var response = new TargetAdsResponse();
            nobody.TargetAds(_grid.Turn(), new TargetAdsRequest { Placement = "top" }, response);
            Assert.Single(response.Picks);
        }

        Assert.True(nobody.IsEmpty);
    }

    [Fact]
    public void Cap_WhereSomebodyElseDecidesForTheClient_CountsAsReached()
    {
        // A client whose profile is set aside is decided for as nobody, by its id.
        Define(TenantWorld.Cap(1, Hour));

        TargetAdsResponse response = Ads(TenantWorld.NewClient(""));

        Assert.Empty(response.Picks);
        Assert.Equal(Cause.FrequencyCap, Assert.Single(response.Refusals).Cause);
    }

    [Fact]
    public void Cap_TowardsARecipientThatCannotBePutOnRecord_CountsAsReached()
    {
        Define(TenantWorld.Cap(1, Hour));
        ClientActor client = Known();
        for (int i = 0; i < ProfileLimits.Recipients; i++)
        {
            client.View(_grid.Turn(), new GetProfileRequest { ClientId = "c", Recipient = $"r{i}" });
        }

        Assert.Equal(0, Rounds(client, 3, recipient: "one-more"));
        Assert.Equal(1, Rounds(client, 3));
    }

    [Fact]
    public void Cap_WhenTheJournalIsFull_IsNotShownAndNotPaid()
    {
        // Arrange
        Define(TenantWorld.Cap(1, Hour));
        _grid.Definitions = _grid.Definitions with { Campaigns = _grid.Definitions.Campaigns.With([new Campaign { CampaignId = "free", Bid = 0.1 }]) };
        ClientActor client = Known();
        _grid.IsJournalFull = true;

        // Act
        TargetAdsResponse response = Ads(client);
        _grid.IsJournalFull = false;

        // Assert: what no cap counts is shown in its place.
        Assert.Equal("free", Assert.Single(response.Picks).CampaignId);
        Assert.Equal("ad", Assert.Single(response.Refusals).CampaignId);
        Assert.Equal("ad", Assert.Single(Ads(client).Picks).CampaignId);
    }

    [Fact]
    public void Cap_OfAnAd_IsKeptWhateverContentIsShown()
    {
        // Arrange
        Define(TenantWorld.Cap(1, Hour));
        _grid.Items([.. Enumerable.Range(0, 300).Select(i => TenantWorld.Item($"i{i}", "a"))]);
        _grid.Definitions = _grid.Definitions with { Placements = _grid.Definitions.Placements.With([new Placement { PlacementId = "home", ItemCaps = { TenantWorld.Cap(1000, Hour) } }]) };
        ClientActor client = Known();
        int shown = 0;

        // Act
        for (int i = 0; i < 30; i++)
        {
            shown += Ads(client).Picks.Count;
            _grid.Pick(client, new PickContentRequest { ClientId = "c", Placement = "home", Count = 100 });
        }

        // Assert
        Assert.Equal(1, shown);
        Assert.Equal(0, Rounds(_grid.Replay(client), 2));
    }

    [Fact]
    public void Cap_OfAnAd_IsKeptWhateverOtherAdsAreShown()
    {
        // Arrange: more uncapped ads than are remembered, and then more capped ones, too.
        Define(TenantWorld.Cap(1, 24 * Hour));
        ClientActor client = Known();
        Assert.Equal(1, Rounds(client, 1));

        // Act
        var request = new TargetAdsRequest { ClientId = "c", Placement = "top", Count = 100 };
        request.LineItems.Add(Enumerable.Range(0, 100).Select(i => new LineItem { LineItemId = $"l{i}", Bid = 1 }));
        for (int i = 0; i < 12; i++)
        {
            client.TargetAds(_grid.Turn(), request, new TargetAdsResponse());
        }

        // Assert
        Assert.Equal(0, Rounds(client, 1));
        foreach (LineItem item in request.LineItems)
        {
            item.FrequencyCaps.Add(TenantWorld.Cap(1000, 2 * Hour));
        }

        for (int i = 0; i < 12; i++)
        {
            client.TargetAds(_grid.Turn(TenantWorld.Now + i + 1), request, new TargetAdsResponse());
        }

        // Of what was lost one cannot tell; it counts as reached until it is out of the window.
        Assert.Equal(0, Rounds(client, 1, TenantWorld.Now + Hour));
        Assert.Equal(0, Rounds(_grid.Replay(client), 1, TenantWorld.Now + Hour));
        Assert.Equal(0, Rounds(ClientActor.Load(client.Key, client.Checkpoint(), []), 1, TenantWorld.Now + Hour));
        Assert.Equal(1, Rounds(client, 1, TenantWorld.Now + (25 * Hour)));
    }

    [Fact]
    public void ItemCap_OfAClientWithoutEventsAndPastTheDeadline_Counts()
    {
        // Arrange
        _grid.Items(TenantWorld.Item("i1", "a"), TenantWorld.Item("i2", "a"));
        _grid.Definitions = _grid.Definitions with { Placements = _grid.Definitions.Placements.With([new Placement { PlacementId = "home", ItemCaps = { TenantWorld.Cap(1, Hour) } }]) };
        ClientActor client = TenantWorld.NewClient();

        // Act
        PickContentResponse first = _grid.Pick(client, new PickContentRequest { ClientId = "c", Placement = "home", Count = 1 }, deadlineMs: TenantWorld.Now - 1);
        PickContentResponse second = _grid.Pick(client, new PickContentRequest { ClientId = "c", Placement = "home", Count = 1 });

        // Assert
        Assert.Equal(Fallback.Types.Reason.Deadline, first.Fallback);
        Assert.NotEqual(Assert.Single(first.Picks).ItemId, Assert.Single(second.Picks).ItemId);
        Assert.Empty(_grid.Pick(_grid.Replay(client)).Picks);
    }

    [Theory]
    [InlineData(ConsentRegime.OptOut, true)]
    [InlineData(ConsentRegime.OptIn, true)]
    [InlineData(ConsentRegime.OptOut, false)]
    public void ItemCap_WhereNothingCanBeCounted_CountsAsReached(ConsentRegime regime, bool isNobody)
    {
        // Arrange: of a placement with a cap by item and one with a cap by topic. Who is decided for as nobody may have consented to all.
        _grid.Definitions = new TenantDefinitions("t", regime);
        _grid.Items(TenantWorld.Item("i1", "a"), TenantWorld.Item("i2", "b"));
        _grid.Definitions = _grid.Definitions with
        {
            Placements = _grid.Definitions.Placements.With([
                new Placement { PlacementId = "items", ItemCaps = { TenantWorld.Cap(1, Hour) } },
                new Placement { PlacementId = "topics", TopicCaps = { new Placement.Types.TopicCap { Topic = "a", Cap = TenantWorld.Cap(1, Hour) } } }]),
        };
        ClientActor full = Known();
        for (int i = 0; i < ProfileLimits.Recipients; i++)
        {
            full.View(_grid.Turn(), new GetProfileRequest { ClientId = "c", Recipient = $"r{i}" });
        }

        // Act, Assert: who is decided for as nobody, by its id, and whose record has no room.
        (ClientActor client, string recipient) = isNobody ? (TenantWorld.NewClient(""), "") : (full, "one-more");
        Assert.Empty(Picked("items"));
        Assert.Equal(["i2"], Picked("topics"));

        // Nobody in particular has no caps.
        Assert.Equal(2, _grid.Pick(TenantWorld.NewClient(""), new PickContentRequest { Placement = "items", Count = 5 }).Picks.Count);

        IEnumerable<string> Picked(string placement) =>
            _grid.Pick(client, new PickContentRequest { ClientId = "c", Placement = placement, Recipient = recipient, Count = 5 }).Picks.Select(p => p.ItemId);
    }

    [Fact]
    public void Impressions_OfAClientWithoutEvents_ExpireAsItsEventsWould()
    {
        Define(TenantWorld.Cap(1, Hour));
        ClientActor client = TenantWorld.NewClient();
        Rounds(client, 1);
        var rules = new RetentionRules { Idle = TimeSpan.FromDays(30) };

        Assert.False(client.Expire(_grid.Turn(TenantWorld.Now + (29 * 24 * Hour)), rules));
        Assert.True(client.Expire(_grid.Turn(TenantWorld.Now + (31 * 24 * Hour)), rules));
        Assert.True(client.Profile.IsTombstone);
    }

    private void Define(FrequencyCap cap) => _grid.Definitions = _grid.Definitions with
    {
        Campaigns = _grid.Definitions.Campaigns.With([new Campaign { CampaignId = "ad", Bid = 1, FrequencyCaps = { cap } }]),
    };

    private ClientActor Known()
    {
        ClientActor client = TenantWorld.NewClient();
        _grid.Record(client, TenantWorld.Event("e", topic: "a"));
        return client;
    }

    private int Rounds(ClientActor client, int rounds, long nowMs = TenantWorld.Now, string recipient = "") =>
        Enumerable.Range(0, rounds).Sum(_ => Ads(client, nowMs, recipient).Picks.Count);

    private TargetAdsResponse Ads(ClientActor client, long nowMs = TenantWorld.Now, string recipient = "")
    {
        var response = new TargetAdsResponse();
        client.TargetAds(_grid.Turn(nowMs), new TargetAdsRequest { ClientId = "c", Placement = "top", Recipient = recipient, Explain = true }, response);
        return response;
    }
}
