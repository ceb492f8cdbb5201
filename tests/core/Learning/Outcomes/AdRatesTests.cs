using Footprint.Grid.Core.Campaigns;
using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Core.Learning;
using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.Core.Placements;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Tests.Learning.Outcomes;

/// <summary>What is known of campaigns' responses, what that costs, and what goes.</summary>
public sealed class AdRatesTests
{
    private const long Now = 1_767_000_000_000;
    private const long Day = 86_400_000;
    private const int Ads = 500;
    private readonly KnowledgeBase _knowledge = new();

    [Fact]
    public void Publish_OneOfManyAdsIsShown_LooksAtThatOne()
    {
        ShowAll();
        _knowledge.Publish(CatalogSnapshot.Empty, Now);
        long before = _knowledge.Looked;

        Show("ad7", 5, 5);
        _knowledge.Publish(CatalogSnapshot.Empty, Now);

        Assert.InRange(_knowledge.Looked - before, 1, 3);
    }

    [Fact]
    public void Publish_AdByAd_GivesWhatCountingAllDoes()
    {
        // Arrange: all at once, and with a call after each.
        var random = new Random(3);
        var atOnce = new KnowledgeBase();
        for (int i = 0; i < 200; i++)
        {
            string ad = $"ad{random.Next(20)}";
            string placement = $"p{random.Next(2)}";
            int responses = random.Next(10);
            Show(ad, 10, responses, placement);
            Show(ad, 10, responses, placement, atOnce);
            _knowledge.Publish(CatalogSnapshot.Empty, Now);
        }

        // Act: of those that are counted last the mean of all is that of now.
        for (int i = 0; i < 20; i++)
        {
            Show($"ad{i}", 1, 0);
            Show($"ad{i}", 1, 0, knowledge: atOnce);
        }

        AdRates one = _knowledge.Publish(CatalogSnapshot.Empty, Now).Ads;
        AdRates all = atOnce.Publish(CatalogSnapshot.Empty, Now).Ads;

        for (int i = 0; i < 21; i++)
        {
            AdRate expected = all.Of($"ad{i}", "p0", 0);
            Assert.NotEqual(AdRate.Stated, expected);
            Assert.Equal(expected.Mean, one.Of($"ad{i}", "p0", 0).Mean, 1e-3 * expected.Mean);
            Assert.Equal(all.Of($"ad{i}", "p1", 3).Mean, one.Of($"ad{i}", "p1", 3).Mean, 1e-3 * expected.Mean);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Publish_CampaignDeletedLongAgo_IsLetGoOf(bool isDefined)
    {
        // Arrange
        ShowAll();
        var campaign = new Campaign { CampaignId = "ad0", Bid = 1 };
        _knowledge.Define(PlacementSet.Empty, isDefined ? CampaignSet.Empty.With([campaign]) : CampaignSet.Empty);
        _knowledge.Publish(CatalogSnapshot.Empty, Now);
        int known = _knowledge.Count;

        // Act
        _knowledge.Publish(CatalogSnapshot.Empty, Now + Day);
        int dayLater = _knowledge.Count;
        _knowledge.Publish(CatalogSnapshot.Empty, Now + (200 * Day));

        // Assert
        Assert.Equal((Ads, Ads), (known, dayLater));
        Assert.Equal(isDefined ? 1 : 0, _knowledge.Count);
        Assert.Equal(isDefined, _knowledge.Save(AdKey.Of("ad0")) is not null);

        // Its number is somebody else's, and it is learned of again.
        Show("ad1", 100, 50);
        Assert.InRange(_knowledge.Publish(CatalogSnapshot.Empty, Now + (200 * Day)).Ads.Of("ad1", "p0", 0).Mean, 0, 3);
        Assert.NotNull(_knowledge.Save(AdKey.Of("ad1")));
    }

    private void ShowAll()
    {
        for (int i = 0; i < Ads; i++)
        {
            Show($"ad{i}", 20, 2);
        }
    }

    // Half of those to whom it is shown are thought to respond.
    private void Show(string ad, int times, int responses, string placement = "p0", KnowledgeBase? knowledge = null)
    {
        var shown = new PickObservation(AdKey.Of(placement), AdKey.Of(ad), Now, 0, 0.5f, 0.5f, IsShown: true, 0, 0, 0);
        for (int i = 0; i < times; i++)
        {
            (knowledge ?? _knowledge).Observe([i < responses ? shown with { Liked = 1, Worth = 1, Reward = 1 } : shown]);
        }
    }
}
