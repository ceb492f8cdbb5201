using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Core.Learning;
using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.Core.Placements;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Tests.Learning.Outcomes;

/// <summary>What an erasure takes back of what is not known any more: it leaves nothing less than nothing.</summary>
public sealed class TakenBackTests
{
    private const long Now = TenantWorld.Now;
    private const long Day = 86_400_000;
    private static readonly CatalogSnapshot _catalog = CatalogSnapshot.Empty.With([TenantWorld.Item("i0"), TenantWorld.Item("i1")]);
    private static readonly PickObservation _shown = new("p0", "i0", Now, 0, 0.5f, 0.5f, IsShown: true, 0, 0, 0);
    private static readonly PickObservation _taught = _shown with { Liked = 1, Worth = 1, Reward = 2 };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TakenBack_NothingKnownOfItemOrPlacement_LeavesNothing(bool isByDeltas)
    {
        KnowledgeBase knowledge = isByDeltas ? Gathered([_taught with { IsTakenBack = true }]) : Observed([_taught with { IsTakenBack = true }]);

        KnowledgeSnapshot snapshot = knowledge.Publish(_catalog, Now);

        Assert.Equal(0, knowledge.Count);
        Assert.Null(knowledge.Save("i0"));
        Assert.Null(knowledge.Save(KnowledgeBase.KeyOfPlacement("p0")));
        Assert.Empty(snapshot.Placements);
        Assert.Empty(StoredKnowledge.Parser.ParseFrom(knowledge.Save()).Items);
    }

    [Fact]
    public void TakenBack_RowThatMadeRoomForOthers_LeavesNoRow()
    {
        // Arrange: at the item's other placements it is known of, and the row of the one is gone with the placement.
        var knowledge = new KnowledgeBase(mostPlacements: 2);
        knowledge.Define(Learning("p0", "p1"));
        knowledge.Observe([_taught, _taught with { Placement = "p1" }]);
        knowledge.Publish(_catalog, Now);
        knowledge.Define(Learning("p1", "p2"));
        knowledge.Observe([_taught with { Placement = "p2" }]);
        knowledge.Publish(_catalog, Now);
        knowledge.Define(Learning("p1", "p0"));

        // Act
        knowledge.Observe([_taught with { IsTakenBack = true }, _taught with { Placement = "p0", ItemId = "i1" }]);
        knowledge.Publish(_catalog, Now);
        knowledge.Observe([_taught with { IsTakenBack = true }]);
        knowledge.Publish(_catalog, Now);

        // Assert
        Assert.Equal(["p1"], knowledge.Save("i0")!.Outcomes.Select(o => o.Placement));
        Assert.All(Stored(knowledge), o => Assert.True(o.Sums[0] >= 0, $"{o.Placement}: {o.Sums[0]}"));
    }

    [Fact]
    public void TakenBack_MoreThanThereIs_IsNothingAndNotLess()
    {
        KnowledgeBase knowledge = Observed([_taught, _taught with { ItemId = "i1" }]);
        knowledge.Publish(_catalog, Now);

        knowledge.Observe([.. Enumerable.Repeat(_taught with { IsTakenBack = true }, 5)]);
        PlacementKnowledge known = knowledge.Publish(_catalog, Now).Placements["p0"];

        Assert.Empty(knowledge.Save("i0")!.Outcomes);
        Assert.Equal(default, known.Effects(0).At(_catalog.Ids.Find("i0")));
        Assert.All(Stored(knowledge), o => Assert.True(o.Sums[0] >= 0, $"{o.Placement}: {o.Sums[0]}"));
    }

    [Fact]
    public void LikedBeforeShown_AsDeltasOfTwoProcessesMayCome_SaysNothingUntilItIs()
    {
        PickObservation liked = _taught with { IsShown = false };
        KnowledgeBase knowledge = Observed([liked]);
        Assert.Equal(0, knowledge.Publish(_catalog, Now).Placements["p0"].Effects(0).At(0).Mean);

        knowledge.Observe([_shown]);
        PlacementKnowledge late = knowledge.Publish(_catalog, Now).Placements["p0"];

        Assert.Equal(Observed([_shown, liked]).Publish(_catalog, Now).Placements["p0"].Effects(0).At(0).Mean, late.Effects(0).At(0).Mean, 1e-6f);
        Assert.NotEqual(0, late.Effects(0).At(0).Mean);
    }

    private static IEnumerable<StoredOutcomes> Stored(KnowledgeBase knowledge)
    {
        StoredKnowledge stored = StoredKnowledge.Parser.ParseFrom(knowledge.Save());
        return stored.Placements.Concat(stored.Items.SelectMany(i => i.Outcomes));
    }

    private static PlacementSet Learning(params string[] ids) =>
        PlacementSet.Empty.With([.. ids.Select(id => new Placement { PlacementId = id, Learning = Placement.Types.Learning.Observe })]);

    private static KnowledgeBase Observed(PickObservation[] picks)
    {
        var knowledge = new KnowledgeBase();
        knowledge.Observe(picks);
        return knowledge;
    }

    private static KnowledgeBase Gathered(PickObservation[] picks)
    {
        var knowledge = new KnowledgeBase();
        var gatherer = new KnowledgeGatherer();
        gatherer.Observe(picks);
        gatherer.Gather();
        for (int shard = 0; shard < KnowledgeGatherer.Shards; shard++)
        {
            if (gatherer.Take(shard, "s", 1, Now) is { } delta)
            {
                knowledge.Apply(delta, 1);
            }
        }

        return knowledge;
    }
}
