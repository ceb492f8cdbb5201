using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Retention;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Tests.Clients;

/// <summary>Caps whatever becomes of what was shown: past the bounds, changed and deleted items, retention, new definitions, a full journal.</summary>
public sealed class CapMemoryTests
{
    private const long Hour = 3_600_000;
    private const long Day = 24 * Hour;
    private readonly TenantWorld _grid = new();

    [Fact]
    public void ItemCap_MoreItemsInItsWindowThanAreRemembered_ShowsNoneAgain()
    {
        // Arrange
        _grid.Items([.. Enumerable.Range(0, 5000).Select(i => TenantWorld.Item($"i{i}", $"t{i % 50}"))]);
        Define(new Placement { PlacementId = "home", ItemCaps = { TenantWorld.Cap(1, 30 * Day) } });
        ClientActor client = Known();
        var shown = new List<string>();

        // Act: ten an hour.
        for (int i = 0; i < 450; i++)
        {
            shown.AddRange(Picks(client, TenantWorld.Now + (i * Hour)));
        }

        // Assert: what cannot be counted any more is not shown, until what was lost is out of the window.
        Assert.InRange(shown.Count, ProfileLimits.ContentImpressions, ProfileLimits.ContentImpressions + 9);
        Assert.Equal(shown.Count, shown.Distinct().Count());
        Assert.Empty(Picks(ClientActor.Load(client.Key, client.Checkpoint(), []), TenantWorld.Now + (450 * Hour)));
        Assert.Equal(10, Picks(client, TenantWorld.Now + (31 * Day)).Length);
    }

    [Fact]
    public void Pick_AsManyExcludedBoughtCappedAndAskedForAsThereMayBe_PicksTheBestOfAllThatAreLeft()
    {
        // Arrange: 4,000 capped, 400 bought, 1,000 excluded and as many asked for, of which the last is like what was bought.
        string[] ids = [.. Enumerable.Range(0, 6400).Select(i => $"i{i}")];
        _grid.Items([.. ids.Select((id, i) => TenantWorld.Item(id, i is 6399 or (>= 4000 and < 4400) ? "golf" : "tea"))]);
        Define(new Placement { PlacementId = "home", ItemCaps = { TenantWorld.Cap(1, Day) } });
        ClientActor client = Known();
        for (int i = 0; i < 40; i++)
        {
            Assert.Equal(100, _grid.Pick(client, new PickContentRequest { ClientId = "c", Placement = "home", Count = 100, Candidates = { ids.Skip(100 * i).Take(100) } }).Picks.Count);
        }

        foreach (string id in ids[4000..4400])
        {
            _grid.Record(client, TenantWorld.Event(id, "purchase", id));
        }

        // Act
        var request = new PickContentRequest { ClientId = "c", Placement = "home", Count = 1, Exclude = { ids[4400..5400] }, Candidates = { ids[5400..6400] } };
        PickContentResponse response = _grid.Pick(client, request);

        // Assert
        Assert.Equal("i6399", Assert.Single(response.Picks).ItemId);
    }

    [Theory]
    [InlineData("golf", false)]
    [InlineData("golf", true)]
    [InlineData("", false)]
    [InlineData("", true)]
    public void TopicCap_ItemsThatWereShownAreDeletedOrChanged_StillCountsThem(string topic, bool isDeleted)
    {
        // Arrange
        _grid.Items([.. Enumerable.Range(0, 10).Select(i => TenantWorld.Item($"i{i}", "golf"))]);
        Define(new Placement { PlacementId = "home", TopicCaps = { new Placement.Types.TopicCap { Topic = topic, Cap = TenantWorld.Cap(2, Hour) } } });
        ClientActor client = Known();
        string[] first = Picks(client, TenantWorld.Now);

        // Act
        foreach (string id in first)
        {
            if (isDeleted)
            {
                _grid.Definitions = _grid.Definitions with { Items = _grid.Definitions.Items.Without(id) };
            }
            else
            {
                _grid.Items(TenantWorld.Item(id, "tea"));
            }
        }

        // Assert: the changed ones are about something else now, of which none was shown.
        Assert.Equal(2, first.Length);
        string[] expected = isDeleted ? [] : first;
        Assert.Equal(expected.Order(), Picks(_grid.Replay(client), TenantWorld.Now).Order());
        Assert.Equal(expected.Order(), Picks(ClientActor.Load(client.Key, client.Checkpoint(), []), TenantWorld.Now).Order());
        Assert.Equal(2, Picks(client, TenantWorld.Now + Hour).Count(id => !first.Contains(id)));
    }

    [Fact]
    public void TopicCap_ImpressionsKeptWithoutTopics_CountByThoseOfToday()
    {
        _grid.Items([.. Enumerable.Range(0, 10).Select(i => TenantWorld.Item($"i{i}", "golf"))]);
        Define(new Placement { PlacementId = "home", TopicCaps = { new Placement.Types.TopicCap { Topic = "golf", Cap = TenantWorld.Cap(2, Hour) } } });
        ClientActor client = Known();
        var earlier = new JournalEntry.Types.AdsShown();
        earlier.Impressions.Add(new StoredImpression { Key = "i3", Placement = "home", TimeMs = TenantWorld.Now - 1, UntilMs = TenantWorld.Now + Hour });
        client.Profile.Apply(new JournalEntry { Sequence = client.Profile.JournalSequence + 1, AdsShown = earlier });

        Assert.Single(Picks(client, TenantWorld.Now));
    }

    [Fact]
    public void AdCap_RetentionForgetsWhatItCounts_CountsAsReachedUntilItIsOutOfTheWindow()
    {
        // Arrange
        Define(new Campaign { CampaignId = "ad", Bid = 1, FrequencyCaps = { TenantWorld.Cap(1, 30 * Day) } }, new Campaign { CampaignId = "daily", Bid = 1, FrequencyCaps = { TenantWorld.Cap(1, Day) } });
        ClientActor client = Known();
        Assert.Equal(2, Ads(client, TenantWorld.Now));
        var rules = new RetentionRules { Categories = new Dictionary<string, TimeSpan> { ["behaviour"] = TimeSpan.FromDays(7) } };

        // Act
        Assert.True(client.Expire(_grid.Turn(TenantWorld.Now + (9 * Day)), rules));

        // Assert: caps with shorter windows are not concerned, and what is out of every window is not kept.
        Assert.Equal(0, client.Profile.AdImpressions.Count);
        Assert.Equal(1, Ads(client, TenantWorld.Now + (9 * Day) + 1));
        Assert.Equal(0, Ads(_grid.Replay(client), TenantWorld.Now + (9 * Day) + 1));
        Assert.Equal(1, Ads(ClientActor.Load(client.Key, client.Checkpoint(), []), TenantWorld.Now + (29 * Day)));
        Assert.Equal(2, Ads(client, TenantWorld.Now + (30 * Day)));
        client.Expire(_grid.Turn(TenantWorld.Now + (61 * Day)), rules);
        Assert.Equal(0, ProfileCodec.Save(client.Profile).AdImpressionsLostMs);
    }

    [Fact]
    public void ItemCap_RetentionForgetsWhatItCounts_CountsAsReached()
    {
        _grid.Items(TenantWorld.Item("i1", "a"));
        Define(new Placement { PlacementId = "home", ItemCaps = { TenantWorld.Cap(1, 30 * Day) } });
        ClientActor client = Known();
        Assert.Single(Picks(client, TenantWorld.Now));

        client.Expire(_grid.Turn(TenantWorld.Now + (9 * Day)), new RetentionRules { Categories = new Dictionary<string, TimeSpan> { ["behaviour"] = TimeSpan.FromDays(7) } });

        Assert.Equal(0, client.Profile.ContentImpressions.Count);
        Assert.Empty(Picks(client, TenantWorld.Now + (9 * Day)));
        Assert.Single(Picks(client, TenantWorld.Now + (30 * Day)));
    }

    [Fact]
    public void AdCap_OfAClientIdleForLessThanItsWindow_OutlivesTheClient()
    {
        // Arrange
        Define(new Campaign { CampaignId = "ad", Bid = 1, FrequencyCaps = { TenantWorld.Cap(1, 30 * Day) } });
        ClientActor client = Known();
        Assert.Equal(1, Ads(client, TenantWorld.Now));
        var rules = new RetentionRules { Idle = TimeSpan.FromDays(5) };

        // Act
        Assert.True(client.Expire(_grid.Turn(TenantWorld.Now + (6 * Day)), rules));

        // Assert: nothing but that something was shown, and in the end not that either.
        Assert.False(client.Profile.HasEvents);
        Assert.Equal(0, Ads(client, TenantWorld.Now + (6 * Day)));
        Assert.False(client.Expire(_grid.Turn(TenantWorld.Now + (20 * Day)), rules));
        Assert.True(client.Expire(_grid.Turn(TenantWorld.Now + (31 * Day)), rules));
        Assert.True(client.Profile.IsTombstone);
        Assert.Equal(1, Ads(client, TenantWorld.Now + (31 * Day)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AdCap_WindowMadeLongerAfterItsImpressionHadToGo_CountsAsReached(bool othersAreCapped)
    {
        // Arrange
        Define(new Campaign { CampaignId = "ad", Bid = 1, FrequencyCaps = { TenantWorld.Cap(1, Hour) } });
        ClientActor client = Known();
        Assert.Equal(1, Ads(client, TenantWorld.Now));
        var many = new TargetAdsRequest { ClientId = "c", Placement = "top", Count = 100 };
        many.LineItems.Add(Enumerable.Range(0, 100).Select(i => new LineItem { LineItemId = $"l{i}", Bid = 1 }));
        foreach (LineItem item in many.LineItems)
        {
            item.FrequencyCaps.AddRange(othersAreCapped ? [TenantWorld.Cap(1000, Day)] : []);
        }

        for (int i = 0; i < 12; i++)
        {
            client.TargetAds(_grid.Turn(TenantWorld.Now + (3 * Hour / 2)), many, new TargetAdsResponse());
        }

        // Act
        Define(new Campaign { CampaignId = "ad", Bid = 1, FrequencyCaps = { TenantWorld.Cap(1, Day) } });

        // Assert
        Assert.Equal(0, Ads(client, TenantWorld.Now + (2 * Hour)));
        Assert.Equal(1, Ads(client, TenantWorld.Now + (2 * Day)));
    }

    [Fact]
    public void Pick_CapsWhenTheJournalIsFull_ShowsWhatNoCapCounts()
    {
        // Arrange
        _grid.Items(TenantWorld.Item("i1", "golf"), TenantWorld.Item("i2", "tea"));
        Define(new Placement { PlacementId = "home", TopicCaps = { new Placement.Types.TopicCap { Topic = "golf", Cap = TenantWorld.Cap(5, Hour) } } });
        ClientActor client = Known();

        // Act
        _grid.IsJournalFull = true;
        string[] byTopic = Picks(client, TenantWorld.Now);
        Define(new Placement { PlacementId = "home", ItemCaps = { TenantWorld.Cap(5, Hour) } });
        string[] byItem = Picks(client, TenantWorld.Now);
        _grid.IsJournalFull = false;

        // Assert
        Assert.Equal(["i2"], byTopic);
        Assert.Empty(byItem);
        Assert.Equal(2, Picks(client, TenantWorld.Now).Length);
        Assert.Equal(2, client.Profile.ContentImpressions.Count);
    }

    private void Define(Placement placement) => _grid.Definitions = _grid.Definitions with { Placements = _grid.Definitions.Placements.With([placement]) };

    private void Define(params Campaign[] campaigns) => _grid.Definitions = _grid.Definitions with { Campaigns = _grid.Definitions.Campaigns.With(campaigns) };

    private ClientActor Known()
    {
        ClientActor client = TenantWorld.NewClient();
        _grid.Record(client, TenantWorld.Event("e", topic: "golf"));
        return client;
    }

    private string[] Picks(ClientActor client, long nowMs)
    {
        var response = new PickContentResponse();
        client.PickContent(_grid.Turn(nowMs), new PickContentRequest { ClientId = "c", Placement = "home", Count = 10 }, response);
        return [.. response.Picks.Select(p => p.ItemId)];
    }

    private int Ads(ClientActor client, long nowMs)
    {
        var response = new TargetAdsResponse();
        client.TargetAds(_grid.Turn(nowMs), new TargetAdsRequest { ClientId = "c", Placement = "top", Count = 10 }, response);
        return response.Picks.Count;
    }
}
