using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.V1;
using FsCheck;
using FsCheck.Fluent;

namespace Footprint.Grid.Core.Tests.Catalog;

public sealed class CatalogSnapshotTests
{
    [Fact]
    public void With_AnyChanges_SameAsADictionary() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var model = new SortedDictionary<string, Item>(StringComparer.Ordinal);
        CatalogSnapshot catalog = CatalogSnapshot.Empty;
        for (int step = 0; step < 30; step++)
        {
            CatalogSnapshot before = catalog;
            int countBefore = before.Count;
            if (random.Next(4) == 0)
            {
                string id = $"i{random.Next(100)}";
                catalog = catalog.Without(id);
                model.Remove(id);
            }
            else
            {
                Item[] items = [.. Enumerable.Range(0, random.Next(1, 20)).Select(_ => Any(random))];
                catalog = catalog.With(items);
                foreach (Item item in items)
                {
                    model[item.ItemId] = item;
                }
            }

            Assert.Equal(countBefore, before.Count);
            Check(model, catalog);
        }
    }).QuickCheckThrowOnFailure();

    private static void Check(SortedDictionary<string, Item> model, CatalogSnapshot catalog)
    {
        Assert.Equal(model.Count, catalog.Count);
        Assert.Equal(model.Values, catalog.Page("", 1000));
        Assert.Equal(model.Values.Where(i => string.CompareOrdinal(i.ItemId, "i5") > 0).Take(3), catalog.Page("i5", 3));
        for (int topic = 0; topic < catalog.Topics.Count; topic++)
        {
            string name = catalog.Topics.Name(topic);
            Posting posting = catalog.Postings[topic] ?? Posting.Empty;
            int[] slots = new int[posting.Count];
            Assert.Equal(posting.Count, posting.First(slots));
            Assert.Equal(slots.Take(LeadingSlots.Most), catalog.Leads[topic].Slots.ToArray());
            string[] ids = [.. slots.Select(s => catalog.Items[s]!.Id)];
            Assert.Equal(model.Values.Where(i => i.Topics.Any(t => t.Topic == name)).Select(i => i.ItemId), ids.Order(StringComparer.Ordinal));
            float[] shares = [.. ids.Select(id => catalog.Get(id)!.Topics.Single(t => t.Topic == topic).Share)];
            Assert.Equal(shares.OrderDescending(), shares);
        }

        long[] fresh = [.. catalog.Fresh.Select(s => catalog.Items[s]!.PublishMs)];
        Assert.Equal(model.Values.Where(i => i.PublishTime is not null).Select(i => i.PublishTime.Seconds * 1000).OrderDescending().Take(64), fresh);
    }

    private static Item Any(Random random)
    {
        Item item = TenantWorld.Item($"i{random.Next(100)}");
        for (int t = 0; t < 5; t++)
        {
            if (random.Next(2) == 0)
            {
                item.Topics.Add(new TopicWeight { Topic = $"t{t}", Weight = 1 + random.Next(5) });
            }
        }

        if (random.Next(4) > 0)
        {
            item.PublishTime = TenantWorld.At(1_700_000_000_000 + (random.Next(1_000_000) * 1000L));
        }

        return item;
    }
}
