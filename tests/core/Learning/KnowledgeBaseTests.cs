using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Core.Learning;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Tests.Clients;

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
    public void Observe_OldActs_CountLess()
    {
        var knowledge = new KnowledgeBase();
        knowledge.Observe(new ItemObservation("i3", TenantWorld.Now - (400L * 86_400_000), 3, []));
        knowledge.Observe(new ItemObservation("i4", TenantWorld.Now, 1, []));

        Assert.Equal(_catalog.Ids.Find("i4"), knowledge.Publish(_catalog, TenantWorld.Now).Popular[0]);
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
