using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Core.Learning;
using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Tests.Learning.Outcomes;

/// <summary>Which placements and channels of an item are kept when it is shown on more of them than there is room for.</summary>
public sealed class ItemOutcomesTests
{
    private const long Start = 1_767_000_000_000;
    private static readonly CatalogSnapshot _catalog = CatalogSnapshot.Empty.With([.. Enumerable.Range(0, 3).Select(i => new Item { ItemId = $"i{i}" })]);
    private readonly KnowledgeBase _knowledge = new();

    [Fact]
    public void Add_ThreePlacementsOnThreeChannelsShownAlike_AllLearn()
    {
        for (int round = 0; round < 200; round++)
        {
            ForEach(3, 3, (placement, channel) => Show(placement, channel, 5, 1));
        }

        Assert.Equal(9, Rows().Count);
        Assert.All(Rows().Values, shown => Assert.Equal(1000, shown, 1));
    }

    [Fact]
    public void Add_MoreShownAlikeThanThereIsRoomFor_RowsAreKeptLongEnoughToLearn()
    {
        for (int round = 0; round < 200; round++)
        {
            ForEach(5, 4, (placement, channel) => Show(placement, channel, 5, 1));
        }

        Assert.Equal(ItemOutcomes.MostRows, Rows().Count);
        Assert.InRange(Rows().Values.Order().ElementAt(ItemOutcomes.MostRows / 2), 500, 1001);
    }

    [Fact]
    public void Add_TwoNewcomersWhereOthersAreNotShownAnyMore_BothGetIn()
    {
        ForEach(ItemOutcomes.MostRows, 1, (placement, channel) => Show(placement, channel, 200, 20));
        for (int round = 0; round < 600; round++)
        {
            Show(100, 1, 5, 1);
            Show(101, 1, 5, 1);
        }

        Assert.True(Rows().GetValueOrDefault(("p100", 1)) > 500 && Rows().GetValueOrDefault(("p101", 1)) > 500, string.Join(' ', Rows()));
    }

    [Fact]
    public void Add_RareCombinations_DoNotPushOutWhatIsShownOften()
    {
        ForEach(ItemOutcomes.MostRows, 1, (placement, channel) => Show(placement, channel, 1000, 100));
        ForEach(60, 1, (placement, channel) => Show(1000 + placement, channel, 1, 0));

        Assert.InRange(Rows().Count(r => r.Value > 900), ItemOutcomes.MostRows - 2, ItemOutcomes.MostRows);
    }

    [Fact]
    public void Publish_ItemWhoseRowMadeRoom_IsAsNeverShownThere()
    {
        // Arrange: liked by everybody at one placement, and then shown on so many others that its row there goes.
        Show(0, 1, 20, 20);
        ItemEffect before = Effect("p0");
        for (int round = 0; round < 100; round++)
        {
            ForEach(ItemOutcomes.MostRows + 2, 1, (placement, channel) => Show(1 + placement, channel, 20, 2));
        }

        Assert.NotEqual(default, before);
        Assert.DoesNotContain(("p0", 1), Rows().Keys);
        Assert.Equal(default, Effect("p0"));
    }

    private static void ForEach(int placements, int channels, Action<int, int> act)
    {
        for (int placement = 0; placement < placements; placement++)
        {
            for (int channel = 1; channel <= channels; channel++)
            {
                act(placement, channel);
            }
        }
    }

    private void Show(int placement, int channel, int times, int likes)
    {
        ulong features = PickFeatures.Pack([0.5f, 0, 0, 0, 0], 0, Start, channel, isPersonal: true);
        var shown = new PickObservation($"p{placement}", "i0", Start, features, 0.1f, 0.1f, IsShown: true, 0, 0, 0);
        for (int i = 0; i < times; i++)
        {
            _knowledge.Observe([shown]);
            if (i < likes)
            {
                _knowledge.Observe([shown with { IsShown = false, Liked = 1, Worth = 1, Reward = 1 }]);
            }
        }

        _knowledge.Publish(_catalog, Start);
    }

    private ItemEffect Effect(string placement) => _knowledge.Publish(_catalog, Start).Placements[placement].Effects(1).At(_catalog.Ids.Find("i0"));

    private Dictionary<(string Placement, int Channel), double> Rows()
    {
        StoredLearnedItem saved = _knowledge.Save("i0")!;
        double decay = double.Exp2((saved.OutcomeReferenceMs - Start) / EraDecay.OfOutcomes.HalfLifeMs);
        return saved.Outcomes.ToDictionary(o => (o.Placement, (int)o.Channel), o => o.Sums[ItemLayout.Features] * decay);
    }
}
