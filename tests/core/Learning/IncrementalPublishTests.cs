using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Core.Learning;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;

namespace Footprint.Grid.Core.Tests.Learning;

/// <summary>That publishing costs by what changed, and gives what looking at everything would.</summary>
public sealed class IncrementalPublishTests
{
    private const long Now = TenantWorld.Now;
    private const long Hour = 3_600_000;

    [Fact]
    public void Publish_AMillionItemsKnown_LooksAtThoseThatChangedAlone()
    {
        // Arrange
        const int items = KnowledgeBase.MaxItems;
        CatalogSnapshot catalog = CatalogSnapshot.Empty.With([.. Enumerable.Range(0, items).Select(i => new Item { ItemId = $"i{i}" })]);
        KnowledgeBase knowledge = Stored(items);
        PublishAll(knowledge, catalog);

        // Act, Assert: two items changed, and each is ranked and solved for once.
        long before = knowledge.Looked;
        knowledge.Observe(new ItemObservation("i7", Now, 100, ["i900000"]));
        KnowledgeSnapshot after = knowledge.Publish(catalog, Now);
        Assert.InRange(knowledge.Looked - before, 2, 4);
        Assert.Equal(7, after.Popular[0]);
        Assert.Equal([7], after.NeighboursBySlot[900_000].Slots.ToArray());

        // A hundred acts, each with an item and one before.
        before = knowledge.Looked;
        for (int i = 0; i < 100; i++)
        {
            knowledge.Observe(new ItemObservation($"i{5_000 * i}", Now, 1, [$"i{(5_000 * i) + 1}"]));
        }

        knowledge.Publish(catalog, Now);
        Assert.InRange(knowledge.Looked - before, 200, 400);

        // An item that is defined or deleted is one that changed.
        before = knowledge.Looked;
        catalog = catalog.Without("i7").With([new Item { ItemId = "i8", Topics = { new TopicWeight { Topic = "golf", Weight = 1 } } }]);
        Assert.Equal(0, knowledge.Publish(catalog, Now).Popular[0]);
        Assert.InRange(knowledge.Looked - before, 0, 2);
    }

    [Fact]
    public void Publish_CountsFaded_LooksAtAllItemsButAFewAtEachCall()
    {
        const int items = 50_000;
        CatalogSnapshot catalog = CatalogSnapshot.Empty.With([.. Enumerable.Range(0, items).Select(i => new Item { ItemId = $"i{i}" })]);
        KnowledgeBase knowledge = Stored(items);
        PublishAll(knowledge, catalog);
        long before = knowledge.Looked;

        int calls = 0;
        for (long known = -1; knowledge.Looked > known; calls++)
        {
            known = knowledge.Looked;
            knowledge.Publish(catalog, Now + (7 * Hour));
            Assert.InRange(knowledge.Looked - known, 0, 4096 + KnowledgeBase.MostSolved);
        }

        Assert.Equal(2 * items, knowledge.Looked - before);
        Assert.InRange(calls, items / KnowledgeBase.MostSolved, 2 * items / KnowledgeBase.MostSolved);
    }

    [Fact]
    public void Publish_BurstBeforeAnAct_TheActIsThereWithTheNextCall()
    {
        // Arrange: more is due than some calls take.
        const int pairs = 4 * KnowledgeBase.MostSolved;
        CatalogSnapshot catalog = CatalogSnapshot.Empty.With([.. Enumerable.Range(0, 2 * pairs).Select(i => TenantWorld.Item($"i{i}")), TenantWorld.Item("a"), TenantWorld.Item("b")]);
        var knowledge = new KnowledgeBase();
        for (int i = 0; i < pairs; i++)
        {
            knowledge.Observe(new ItemObservation($"i{2 * i}", Now, 1, [$"i{(2 * i) + 1}"]));
        }

        knowledge.Publish(catalog, Now);
        int due = knowledge.Due;
        Assert.True(due > KnowledgeBase.MostSolved);

        // Act
        knowledge.Observe(new ItemObservation("b", Now + 1, 1, ["a"]));
        KnowledgeSnapshot next = knowledge.Publish(catalog, Now + 1);

        // Assert: it is known, as many of those before it are, and the others wait on.
        Assert.Equal([catalog.Ids.Find("b")], next.NeighboursBySlot[catalog.Ids.Find("a")].Slots.ToArray());
        Assert.Equal(due + 2 - KnowledgeBase.MostSolved, knowledge.Due);
    }

    [Fact]
    public void Publish_AnyActsAndCatalogs_RanksAsIfAllWereLookedAt() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        // Arrange: more items than are kept at hand, some of which come and go.
        var random = new Random(seed);
        var knowledge = new KnowledgeBase();
        CatalogSnapshot catalog = CatalogSnapshot.Empty;
        long now = Now;
        for (int step = 0; step < 12; step++)
        {
            catalog = catalog.With([.. Enumerable.Range(0, random.Next(100)).Select(_ => Any())]);
            for (int deleted = random.Next(random.Next(3) == 0 ? 150 : 5); deleted > 0; deleted--)
            {
                catalog = catalog.Without($"i{random.Next(400)}");
            }

            for (int acts = random.Next(300); acts > 0; acts--)
            {
                knowledge.Observe(new ItemObservation($"i{random.Next(400)}", now - random.Next(1000), random.Next(1, 4), []));
            }

            // Act
            now += random.Next(3) == 0 ? random.NextInt64(90 * 24 * Hour) : random.Next(1000);
            KnowledgeSnapshot snapshot = knowledge.Publish(catalog, now);

            // Assert
            AssertHeads(catalog, snapshot);
        }

        Item Any() => TenantWorld.Item($"i{random.Next(400)}", [.. Enumerable.Range(0, 4).Where(_ => random.Next(2) == 0).Select(t => $"t{t}")]);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Publish_AllLeadersDeletedAtOnce_TheNextLeadWithTheFirstCall()
    {
        // Arrange: the last are the best, and more than one call looks at.
        const int items = 10_000;
        CatalogSnapshot catalog = WithTopics(items);
        KnowledgeBase knowledge = Stored(items, i => 1 + i);
        PublishAll(knowledge, catalog);

        // Act
        for (int i = items - 200; i < items; i++)
        {
            catalog = catalog.Without($"i{i}");
        }

        KnowledgeSnapshot snapshot = knowledge.Publish(catalog, Now);

        // Assert
        Assert.Equal(Enumerable.Range(1, 64).Select(n => items - 200 - n), snapshot.Popular);
        AssertHeads(catalog, snapshot);
    }

    [Fact]
    public void Publish_AllLeadersOfATopicDeleted_TheNextLeadWithTheFirstCall()
    {
        const int items = 10_000;
        CatalogSnapshot catalog = WithTopics(items);
        KnowledgeBase knowledge = Stored(items, i => 1 + i);
        PublishAll(knowledge, catalog);

        for (int n = 1; n <= 6; n++)
        {
            catalog = catalog.Without($"i{items - (10 * n)}");
        }

        KnowledgeSnapshot snapshot = knowledge.Publish(catalog, Now);

        int topic = catalog.Topics.Find("t0");
        Assert.Equal([items - 70, items - 80, items - 90], snapshot.PopularByTopic[topic].Slots.ToArray());
        AssertHeads(catalog, snapshot);
    }

    [Fact]
    public void Publish_AllLeadersOfManyItemsDeleted_LooksAtSoManyACallAndSomebodyLeadsMeanwhile()
    {
        // Arrange: three calls' worth of items, the best last, and all of one topic or of ten.
        const int items = 3 * PopularHeads.AtOnce;
        CatalogSnapshot catalog = WithTopics(items);
        KnowledgeBase knowledge = Stored(items, i => 1 + i);
        PublishAll(knowledge, catalog);
        for (int i = items - 200; i < items; i++)
        {
            catalog = catalog.Without($"i{i}");
        }

        // Act, Assert
        for (int call = 0; call < 3; call++)
        {
            long before = knowledge.Sought;
            KnowledgeSnapshot meanwhile = knowledge.Publish(catalog, Now);

            // Of each of ten topics a tenth is looked at, too.
            Assert.InRange(knowledge.Sought - before, 1, 2 * PopularHeads.AtOnce);
            Assert.Equal(64, meanwhile.Popular.Distinct().Count());
            Assert.All(meanwhile.Popular, slot => Assert.InRange(meanwhile.Popularity(slot), float.Epsilon, 1));
        }

        AssertHeads(catalog, knowledge.Publish(catalog, Now));
        long done = knowledge.Sought;
        knowledge.Publish(catalog, Now);
        Assert.Equal(done, knowledge.Sought);
    }

    [Fact]
    public void Publish_HalfOfTheCountsFaded_NobodyIsMorePopularThanTheFirst()
    {
        const int items = 10_000;
        CatalogSnapshot catalog = WithTopics(items);
        KnowledgeBase knowledge = Stored(items, i => items - (i / 100));
        PublishAll(knowledge, catalog);

        // Of all but a few the popularity is as of before.
        KnowledgeSnapshot snapshot = knowledge.Publish(catalog, Now + (60 * 24 * Hour));

        AssertHeads(catalog, snapshot);
    }

    private static void AssertHeads(CatalogSnapshot catalog, KnowledgeSnapshot snapshot)
    {
        CatalogItem[] ranked = [.. Enumerable.Range(0, catalog.Ids.Count).Select(s => catalog.Items[s]!).Where(i => i is not null && snapshot.PopularityBySlot[i.Slot] > 0)];
        Assert.Equal(First(64, ranked.Select(i => (i.Slot, snapshot.PopularityBySlot[i.Slot]))), snapshot.Popular);
        Assert.Equal(ranked.Length > 0 ? 1 : 0, ranked.Select(snapshot.PopularityOf).DefaultIfEmpty().Max(), 1e-6f);
        var byTopic = ranked.SelectMany(i => i.Topics.Select(t => (t.Topic, i.Slot, Score: snapshot.PopularityBySlot[i.Slot] * t.Share))).ToLookup(t => t.Topic, t => (t.Slot, t.Score));
        for (int topic = 0; topic < catalog.Topics.Count; topic++)
        {
            Assert.Equal(First(LeadingSlots.Most, byTopic[topic]), snapshot.PopularByTopic[topic].Slots.ToArray());
        }

        static int[] First(int most, IEnumerable<(int Slot, float Score)> all) => [.. all.OrderByDescending(s => s.Score).ThenBy(s => s.Slot).Take(most).Select(s => s.Slot)];
    }

    private static CatalogSnapshot WithTopics(int items) => CatalogSnapshot.Empty.With([.. Enumerable.Range(0, items).Select(i => TenantWorld.Item($"i{i}", $"t{i % 10}"))]);

    private static void PublishAll(KnowledgeBase knowledge, CatalogSnapshot catalog)
    {
        for (long known = -1; knowledge.Looked > known;)
        {
            known = knowledge.Looked;
            knowledge.Publish(catalog, Now, mostSolved: KnowledgeBase.MaxItems);
        }
    }

    private static KnowledgeBase Stored(int items, Func<int, double>? count = null)
    {
        var stored = new StoredKnowledge { ReferenceMs = Now };
        for (int i = 0; i < items; i++)
        {
            stored.Items.Add(new StoredItemKnowledge { ItemId = $"i{i}", Count = count?.Invoke(i) ?? 1 });
        }

        return KnowledgeBase.Load(stored.ToByteArray());
    }
}
