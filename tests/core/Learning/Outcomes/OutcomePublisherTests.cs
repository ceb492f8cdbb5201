using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Core.Learning;
using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Tests.Learning.Outcomes;

/// <summary>What publishing outcomes of many items costs, and whose turn it is.</summary>
public sealed class OutcomePublisherTests
{
    private const long Now = 1_767_000_000_000;
    private const long Minute = 60_000;
    private const int Items = 9_000;
    private static readonly CatalogSnapshot _catalog = CatalogSnapshot.Empty.With([.. Enumerable.Range(0, Items).Select(i => new Item { ItemId = $"i{i}" })]);
    private static readonly ulong _features = PickFeatures.Pack([0.5f, 0, 0, 0, 0], 0, 0, 1, isPersonal: true);

    [Fact]
    public void Publish_ThousandsShownLately_OnePickCostsOneLookAndTheOthersFollowOnceAMinute()
    {
        // Arrange: likes come a day late, so what was shown now hardly counts.
        var knowledge = new KnowledgeBase();
        for (int i = 0; i < Items; i++)
        {
            knowledge.Observe([Shown("p", i)]);
            if (i % 10 == 0)
            {
                knowledge.Observe([Liked("p", i)]);
            }
        }

        Settle(knowledge, Now);

        // Act, Assert
        long before = knowledge.Looked;
        knowledge.Observe([Shown("p", 7)]);
        knowledge.Publish(_catalog, Now);
        Assert.InRange(knowledge.Looked - before, 1, 10);

        before = knowledge.Looked;
        knowledge.Observe([Shown("p", 7)]);
        knowledge.Publish(_catalog, Now + Minute);
        Assert.InRange(knowledge.Looked - before, Items / 2, Items - 1);
        Settle(knowledge, Now + Minute);
        Assert.InRange(knowledge.Looked - before, Items, Items + 10);
    }

    [Fact]
    public void Publish_APlacementGrowsWithEachCall_AnotherGetsItsTurn()
    {
        // Arrange: at the second one half of the items is liked always, the other never.
        var alone = new KnowledgeBase();
        var both = new KnowledgeBase();
        both.Observe([Shown("grows", 0)]);
        both.Publish(_catalog, Now);
        for (int i = 0; i < 5 * Items; i++)
        {
            foreach (KnowledgeBase knowledge in new[] { alone, both })
            {
                knowledge.Observe([Shown("p", i % Items)]);
                if (i % 2 == 0)
                {
                    knowledge.Observe([Liked("p", i % Items)]);
                }
            }
        }

        Settle(alone, Now);
        double expected = alone.Publish(_catalog, Now).Placements["p"].ItemSpread;

        // Act: a round of all items takes the first longer than it takes to begin the next.
        for (int call = 0; call < 12; call++)
        {
            for (int n = 0; n < 1 << call; n++)
            {
                both.Observe([Shown("grows", 0)]);
            }

            both.Publish(_catalog, Now);
        }

        // Assert
        Assert.Equal(expected, both.Publish(_catalog, Now).Placements["p"].ItemSpread, 0.01 * expected);
        Assert.NotEqual(PlacementKnowledge.Empty.ItemSpread, expected, 0.1 * expected);
    }

    [Fact]
    public void Publish_ALookAtAllItemsTakesMoreThanAnHour_ItComesToItsEnd()
    {
        // Arrange: half of the items is liked always, the other never, and there are more than a few calls look at.
        const int items = 3 * OutcomePublisher.AtOnce;
        CatalogSnapshot catalog = CatalogSnapshot.Empty.With([.. Enumerable.Range(0, items).Select(i => new Item { ItemId = $"i{i}" })]);
        var knowledge = new KnowledgeBase();
        for (int i = 0; i < items; i++)
        {
            knowledge.Observe([.. Enumerable.Repeat(Shown("p", i), 5)]);
            if (i % 2 == 0)
            {
                knowledge.Observe([.. Enumerable.Repeat(Liked("p", i) with { Delay = 0 }, 5)]);
            }
        }

        // Act: a call an hour.
        PlacementKnowledge known = PlacementKnowledge.Empty;
        for (int hour = 0; hour < 10; hour++)
        {
            known = knowledge.Publish(catalog, Now + (hour * 61 * Minute)).Placements["p"];
        }

        Assert.InRange(known.ItemSpread, 0.4, 0.6);
    }

    private static void Settle(KnowledgeBase knowledge, long nowMs)
    {
        for (long known = -1; knowledge.Looked > known;)
        {
            known = knowledge.Looked;
            knowledge.Publish(_catalog, nowMs);
        }
    }

    private static PickObservation Shown(string placement, int item) => new(placement, $"i{item}", Now, _features, 0.2f, 0.2f, IsShown: true, 0, 0, 0);

    private static PickObservation Liked(string placement, int item) =>
        Shown(placement, item) with { IsShown = false, Liked = 1, Worth = 1, Reward = 1, Delay = OutcomeDelays.Of(24 * 60 * Minute) };
}
