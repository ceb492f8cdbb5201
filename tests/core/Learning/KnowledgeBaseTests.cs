using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Core.Learning;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.Storage.V1;
using Google.Protobuf;

namespace Footprint.Grid.Core.Tests.Learning;

public sealed class KnowledgeBaseTests
{
    private static readonly CatalogSnapshot _catalog = CatalogSnapshot.Empty.With([.. Enumerable.Range(0, 50).Select(i => TenantWorld.Item($"i{i}", $"t{i % 5}"))]);

    [Fact]
    public void Publish_NothingNew_SameSnapshot()
    {
        KnowledgeBase knowledge = Taught();
        KnowledgeSnapshot first = knowledge.Publish(_catalog, TenantWorld.Now);

        Assert.Same(first, knowledge.Publish(_catalog, TenantWorld.Now + 1000));
    }

    [Fact]
    public void Publish_Counts_PopularFirstAndScaledToOne()
    {
        KnowledgeSnapshot snapshot = Taught().Publish(_catalog, TenantWorld.Now);

        Assert.Equal(_catalog.Ids.Find("i1"), snapshot.Popular[0]);
        Assert.Equal(1f, snapshot.Popularity(_catalog.Ids.Find("i1")));
        Assert.Equal(0f, snapshot.Popularity(_catalog.Ids.Find("i49")));
        Assert.Equal(_catalog.Ids.Find("i1"), snapshot.PopularByTopic[_catalog.Topics.Find("t1")].Slots[0]);
    }

    [Fact]
    public void Publish_ActAfterAct_StrongerForwardsThanBackwards()
    {
        KnowledgeSnapshot snapshot = Taught().Publish(_catalog, TenantWorld.Now);

        float forwards = Strength(snapshot, "i1", "i2");
        float backwards = Strength(snapshot, "i2", "i1");
        Assert.True(forwards > backwards && backwards > 0, $"{forwards} and {backwards}");
    }

    [Fact]
    public void Publish_ItemDefinedLater_TakesItsPlace()
    {
        var knowledge = new KnowledgeBase();
        knowledge.Observe(new ItemObservation("late", TenantWorld.Now, 1, []));
        Assert.Empty(knowledge.Publish(_catalog, TenantWorld.Now).Popular);

        CatalogSnapshot more = _catalog.With([TenantWorld.Item("late")]);

        Assert.Equal([more.Ids.Find("late")], knowledge.Publish(more, TenantWorld.Now).Popular);
    }

    [Fact]
    public void Load_Saved_SameSnapshots()
    {
        KnowledgeBase knowledge = Taught();
        KnowledgeSnapshot before = knowledge.Publish(_catalog, TenantWorld.Now);

        KnowledgeSnapshot after = KnowledgeBase.Load(knowledge.Save()).Publish(_catalog, TenantWorld.Now);

        Assert.Equal(before.Popular, after.Popular);
        Assert.Equal(Strength(before, "i1", "i2"), Strength(after, "i1", "i2"));
    }

    [Fact]
    public void Load_OtherBytes_Refused() => Assert.Throws<CorruptRecordException>(() => KnowledgeBase.Load([1, 2, 3, 4]));

    [Fact]
    public void Observe_ManyNeighbours_Bounded()
    {
        var item = new LearnedItem("a");
        for (int n = 0; n < 10_000; n++)
        {
            item.Add(n % 500, 1);
        }

        Assert.Equal(LearnedItem.MostNeighbours, item.Neighbours);
    }

    [Fact]
    public void Load_MoreNeighboursThanAreKept_TheStrongestStay()
    {
        // Arrange: as many as were kept once, the strongest first.
        var stored = new StoredKnowledge { ReferenceMs = TenantWorld.Now };
        for (int n = 0; n <= LearnedItem.MostStored; n++)
        {
            stored.Items.Add(new StoredItemKnowledge { ItemId = $"i{n}", Count = 6 });
        }

        for (int n = 1; n <= LearnedItem.MostStored; n++)
        {
            stored.Items[0].Neighbours.Add((uint)n);
            stored.Items[0].Weights.Add(200 - n);
        }

        var item = new StoredLearnedItem { ReferenceMs = TenantWorld.Now, Count = 6 };
        item.Neighbours.AddRange(stored.Items[0].Neighbours.Select(n => $"i{n}"));
        item.Weights.AddRange(stored.Items[0].Weights);
        var byItem = new KnowledgeBase();

        // Act
        byItem.Load("i0", item);
        StoredLearnedItem[] loaded = [KnowledgeBase.Load(stored.ToByteArray()).Save("i0")!, byItem.Save("i0")!];

        // Assert: all but the last, which had taken the place of one before.
        Assert.All(loaded, i => Assert.Equal(
            Enumerable.Range(1, LearnedItem.MostNeighbours - 1).Select(n => $"i{n}"),
            i.Neighbours.Where(n => n != $"i{LearnedItem.MostStored}")));
    }

    [Fact]
    public void Observe_OldActs_CountLess()
    {
        var knowledge = new KnowledgeBase();
        knowledge.Observe(new ItemObservation("i3", TenantWorld.Now - (400L * 86_400_000), 3, []));
        knowledge.Observe(new ItemObservation("i4", TenantWorld.Now, 1, []));

        Assert.Equal(_catalog.Ids.Find("i4"), knowledge.Publish(_catalog, TenantWorld.Now).Popular[0]);
    }

    [Fact]
    public void Publish_MoreItemsThanAtOnce_AllHaveTheirNeighboursInTheEnd()
    {
        // Arrange: pairs of items, more than are solved for at one call.
        const int pairs = KnowledgeBase.MostSolved;
        CatalogSnapshot catalog = CatalogSnapshot.Empty.With([.. Enumerable.Range(0, 2 * pairs).Select(i => TenantWorld.Item($"i{i}"))]);
        var knowledge = new KnowledgeBase();
        for (int i = 0; i < pairs; i++)
        {
            knowledge.Observe(new ItemObservation($"i{2 * i}", TenantWorld.Now - 1, 1, []));
            knowledge.Observe(new ItemObservation($"i{(2 * i) + 1}", TenantWorld.Now, 1, [$"i{2 * i}"]));
        }

        // Act
        KnowledgeSnapshot first = knowledge.Publish(catalog, TenantWorld.Now);
        int waiting = knowledge.Waiting;
        KnowledgeSnapshot second = knowledge.Publish(catalog, TenantWorld.Now);

        // Assert: popularity at once, neighbours bit by bit.
        Assert.Equal(pairs, waiting);
        Assert.Equal(0, knowledge.Waiting);
        Assert.All(Enumerable.Range(0, 2 * pairs), slot => Assert.True(first.Popularity(slot) > 0));
        Assert.Equal(pairs, Enumerable.Range(0, 2 * pairs).Count(slot => first.NeighboursBySlot[slot].Count == 1));
        Assert.Equal(2 * pairs, Enumerable.Range(0, 2 * pairs).Count(slot => second.NeighboursBySlot[slot].Count == 1));
        Assert.Same(second, knowledge.Publish(catalog, TenantWorld.Now));
    }

    [Fact]
    public void Publish_ManyOldChangesAndANewOne_TheNewOneFirst()
    {
        // Arrange: everything is known, then all of it is looked at again because hours passed.
        const int items = 3 * KnowledgeBase.MostSolved;
        CatalogSnapshot catalog = CatalogSnapshot.Empty.With([.. Enumerable.Range(0, items).Select(i => TenantWorld.Item($"i{i}"))]);
        var knowledge = new KnowledgeBase();
        for (int i = 0; i < items; i++)
        {
            knowledge.Observe(new ItemObservation($"i{i}", TenantWorld.Now, 1, []));
        }

        while (knowledge.Publish(catalog, TenantWorld.Now) is var _ && knowledge.Waiting > 0)
        {
        }

        long later = TenantWorld.Now + (7 * 3_600_000);
        knowledge.Publish(catalog, later);
        knowledge.Observe(new ItemObservation($"i{items - 1}", later, 1, [$"i{items - 2}"]));

        // Act
        KnowledgeSnapshot snapshot = knowledge.Publish(catalog, later);

        // Assert
        Assert.Equal(1, snapshot.NeighboursBySlot[items - 2].Count);
        Assert.True(knowledge.Waiting > 0);
    }

    [Fact]
    public void Publish_NeighbourDefinedLater_GoesWithTheItemThen()
    {
        var knowledge = new KnowledgeBase();
        knowledge.Observe(new ItemObservation("i1", TenantWorld.Now, 1, []));
        knowledge.Observe(new ItemObservation("late", TenantWorld.Now, 1, ["i1"]));
        int i1 = _catalog.Ids.Find("i1");
        Assert.Equal(0, knowledge.Publish(_catalog, TenantWorld.Now).NeighboursBySlot[i1].Count);

        CatalogSnapshot more = _catalog.With([TenantWorld.Item("late")]);

        Assert.Equal([more.Ids.Find("late")], knowledge.Publish(more, TenantWorld.Now).NeighboursBySlot[i1].Slots.ToArray());
    }

    [Fact]
    public void Observe_ActAfterOthers_CountsLessTheFartherAndBothWaysTheMore()
    {
        var gatherer = new KnowledgeGatherer();
        gatherer.Observe(new ItemObservation("new", TenantWorld.Now, 1, [.. Enumerable.Range(1, 20).Select(k => $"old{k}")]));
        gatherer.Gather();
        var weights = new Dictionary<(string, string), double>();
        for (int shard = 0; shard < KnowledgeGatherer.Shards; shard++)
        {
            foreach (ItemDelta row in gatherer.Take(shard, "s", 1, TenantWorld.Now)?.Items ?? [])
            {
                for (int i = 0; i < row.Neighbours.Count; i++)
                {
                    weights[(row.ItemId, row.Neighbours[i])] = row.Weights[i];
                }
            }
        }

        double unit = weights[("old1", "new")];
        Assert.Equal(2 * 15, weights.Count);
        for (int k = 1; k <= 15; k++)
        {
            Assert.Equal(1 / Math.Sqrt(k), weights[($"old{k}", "new")] / unit, 1e-5);
            Assert.Equal((1 - (0.5 / k)) / Math.Sqrt(k), weights[("new", $"old{k}")] / unit, 1e-5);
        }
    }

    private static float Strength(KnowledgeSnapshot snapshot, string from, string to)
    {
        Neighbours neighbours = snapshot.NeighboursBySlot[_catalog.Ids.Find(from)];
        return neighbours.Strengths[neighbours.Slots.IndexOf(_catalog.Ids.Find(to))];
    }

    private static KnowledgeBase Taught()
    {
        var knowledge = new KnowledgeBase();
        for (int n = 0; n < 20; n++)
        {
            knowledge.Observe(new ItemObservation("i1", TenantWorld.Now - 1000, 2, []));
            knowledge.Observe(new ItemObservation("i2", TenantWorld.Now, 1, ["i1", $"i{10 + n}"]));
        }

        return knowledge;
    }
}
