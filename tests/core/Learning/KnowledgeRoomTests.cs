using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Core.Learning;
using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.Storage.V1;
using FsCheck;
using FsCheck.Fluent;

namespace Footprint.Grid.Core.Tests.Learning;

/// <summary>What becomes of items when there is room for no more.</summary>
public sealed class KnowledgeRoomTests
{
    private const long Day = 86_400_000;
    private const long Now = TenantWorld.Now;
    private const int Most = 64;
    private static readonly CatalogSnapshot _catalog = CatalogSnapshot.Empty.With([.. Enumerable.Range(0, 8).Select(i => TenantWorld.Item($"i{i}", "t"))]);

    [Theory]
    [InlineData(300)]
    [InlineData(0)]
    public void Observe_AfterAllRoomWentToIdsThatNoItemHas_ANewItemIsLearned(int daysLater)
    {
        // Arrange
        var knowledge = new KnowledgeBase(mostItems: Most);
        Junk(knowledge, Most);
        knowledge.Publish(_catalog, Now);

        // Act
        long later = Now + (daysLater * Day);
        Publish(knowledge, _catalog, later);
        knowledge.Observe(new ItemObservation("i0", later, 1, []));
        knowledge.Observe(new ItemObservation("i1", later, 1, ["i0"]));
        KnowledgeSnapshot snapshot = knowledge.Publish(_catalog, later);

        // Assert
        Assert.Equal([_catalog.Ids.Find("i0"), _catalog.Ids.Find("i1")], snapshot.Popular.Order());
        Assert.Equal(["i1"], knowledge.Save("i0")!.Neighbours);
        Assert.True(snapshot.NeighboursBySlot[_catalog.Ids.Find("i0")].Count > 0);
        Assert.Equal(0, knowledge.Dropped);
        Assert.InRange(knowledge.Count, 3, Most);
    }

    [Fact]
    public void Observe_FullOfItemsOfTheCatalog_TheyStayAndWhatFindsNoRoomIsCounted()
    {
        CatalogSnapshot catalog = CatalogSnapshot.Empty.With([.. Enumerable.Range(0, Most).Select(i => TenantWorld.Item($"i{i}"))]);
        var knowledge = new KnowledgeBase(mostItems: Most);
        for (int i = 0; i < Most; i++)
        {
            knowledge.Observe(new ItemObservation($"i{i}", Now, 1, []));
        }

        Publish(knowledge, catalog, Now + (900 * Day));
        knowledge.Observe(new ItemObservation("new", Now + (900 * Day), 1, []));
        Publish(knowledge, catalog, Now + (900 * Day));

        Assert.Equal(Most, knowledge.Count);
        Assert.NotNull(knowledge.Save("i0"));
        Assert.Null(knowledge.Save("new"));
        Assert.Equal(1, knowledge.Dropped);
        Assert.False(knowledge.MakeRoom(catalog, Now + (900 * Day)));
    }

    [Fact]
    public void Publish_ItemDeletedAndLetGo_NothingIsKnownOfItWhenItComesBack()
    {
        // Arrange: seen, gone with, shown and liked.
        var knowledge = new KnowledgeBase(mostItems: Most);
        for (int n = 0; n < 20; n++)
        {
            knowledge.Observe(new ItemObservation("i0", Now, 1, ["i1"]));
            knowledge.Observe(new ItemObservation("i1", Now, 1, ["i0"]));
            knowledge.Observe([
                new PickObservation("p0", "i0", Now, 0, 0.5f, 0.5f, IsShown: true, 0, 0, 0),
                new PickObservation("p0", "i0", Now, 0, 0.5f, 0.5f, IsShown: false, 1, 1, 0),
                new PickObservation("p0", "i1", Now, 0, 0.5f, 0.5f, IsShown: true, 0, 0, 0),
                new PickObservation("p0", "i2", Now, 0, 0.5f, 0.5f, IsShown: true, 0, 0, 0)]);
        }

        int slot = _catalog.Ids.Find("i0");
        KnowledgeSnapshot before = knowledge.Publish(_catalog, Now);
        Assert.True(before.Popularity(slot) > 0);
        Assert.Equal(1, before.NeighboursBySlot[slot].Count);
        Assert.True(before.Placements["p0"].Effects(0).At(slot).Deviation > 0);

        // Act: it is deleted, and long afterwards others come until it is its turn to go.
        CatalogSnapshot without = _catalog.Without("i0");
        long later = Now + (600 * Day);
        for (int n = 0; n < 2 * Most && knowledge.Save("i0") is not null; n++)
        {
            knowledge.Observe(new ItemObservation($"new{n}", later, 1, []));
            knowledge.Publish(without, later);
        }

        Publish(knowledge, without, later);
        KnowledgeSnapshot after = knowledge.Publish(_catalog, later);

        // Assert
        Assert.Null(knowledge.Save("i0"));
        Assert.Equal(0, after.Popularity(slot));
        Assert.Equal(0, after.NeighboursBySlot[slot].Count);
        Assert.Equal(default, after.Placements["p0"].Effects(0).At(slot));
        Assert.NotNull(knowledge.Save("i1"));
        Assert.DoesNotContain("i0", knowledge.Save("i1")!.Neighbours);
    }

    [Fact]
    public void Load_MoreThanThereIsRoomFor_WhatTheCatalogHasIsTakenUp()
    {
        // Arrange: items of which each is stored with what went with it.
        var all = new KnowledgeBase();
        string[] ids = [.. Enumerable.Range(0, 10 * Most).Select(i => $"junk{i}").Concat(Enumerable.Range(0, 8).Select(i => $"i{i}"))];
        for (int i = 1; i < ids.Length; i++)
        {
            all.Observe(new ItemObservation(ids[i], Now, 1, [ids[i - 1]]));
        }

        all.Publish(_catalog, Now);
        var knowledge = new KnowledgeBase(mostItems: Most);

        // Act
        foreach (string id in ids.Skip(1))
        {
            Assert.True(knowledge.MakeRoom(_catalog, Now));
            knowledge.Load(id, all.Save(id)!);
        }

        // Assert
        Assert.Equal(8, knowledge.Publish(_catalog, Now).Popular.Length);
        Assert.Equal(all.Save("i4"), knowledge.Save("i4"));
        Assert.Equal(0, knowledge.Dropped);
        Assert.InRange(knowledge.Count, 8, Most);
    }

    [Fact]
    public void Learn_AnyIdsInLittleRoom_NothingIsKnownOfAnItemThatWasNotSeenOfIt() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        // Arrange: ids come and go; the other has room for all, and for all as neighbours.
        var random = new Random(seed);
        var bounded = new KnowledgeBase(mostItems: Most / 2);
        var whole = new KnowledgeBase();
        string[] ids = [.. Enumerable.Range(0, 8).Select(i => $"i{i}").Concat(Enumerable.Range(8, LearnedItem.MostNeighbours - 8).Select(i => $"junk{i}"))];
        long now = Now;

        // Act
        for (int n = 0; n < 1_000; n++)
        {
            now += random.Next((int)(Day / 4));
            string id = Any();
            var observation = new ItemObservation(id, now, 1, random.Next(2) == 0 ? [] : [Any(), Any()]);
            bounded.Observe(observation);
            whole.Observe(observation);
            if (random.Next(4) == 0)
            {
                bounded.Publish(_catalog, now);
                whole.Publish(_catalog, now);
            }

            if (random.Next(300) == 0)
            {
                bounded.Publish(_catalog, now);
                KnowledgeBase loaded = KnowledgeBase.Load(bounded.Save());
                Assert.Equal(bounded.Count, loaded.Count);
                Assert.All(ids, i => Assert.Equal(bounded.Save(i), loaded.Save(i)));
            }
        }

        // Assert
        bounded.Publish(_catalog, now);
        whole.Publish(_catalog, now);
        Assert.InRange(bounded.Count, 8, Most / 2);
        foreach (string id in ids)
        {
            if (bounded.Save(id) is { } known)
            {
                StoredLearnedItem seen = whole.Save(id)!;
                Assert.InRange(known.Count, 0, seen.Count * 1.0001);
                for (int i = 0; i < known.Neighbours.Count; i++)
                {
                    int at = seen.Neighbours.IndexOf(known.Neighbours[i]);
                    Assert.True(at >= 0, $"{id} never went with {known.Neighbours[i]}");
                    Assert.InRange(known.Weights[i], 0, seen.Weights[at] * 1.0001);
                }
            }
        }

        string Any() => ids[random.Next(2) == 0 ? random.Next(8) : random.Next(ids.Length)];
    }).QuickCheckThrowOnFailure();

    private static void Junk(KnowledgeBase knowledge, int count)
    {
        for (int i = 0; i < count; i++)
        {
            knowledge.Observe(new ItemObservation($"junk{i}", Now, 1, i == 0 ? [] : [$"junk{i - 1}"]));
        }
    }

    // As a keeper does, every moment.
    private static void Publish(KnowledgeBase knowledge, CatalogSnapshot catalog, long nowMs)
    {
        for (int i = 0; i < 5; i++)
        {
            knowledge.Publish(catalog, nowMs);
        }
    }
}
