using Footprint.Grid.Bench.Synthetic;
using Footprint.Grid.V1;

namespace Footprint.Grid.Bench.Speed;

/// <summary>
/// The catalog and the profiles that speed is measured on: every item has 5 of 500 topics, every profile saw 10 items and
/// has 60 interests. All of it follows from numbers, so a peer in another process knows the same world.
/// </summary>
internal sealed class SpeedWorld
{
    public const int Topics = 500, TopicsOfItem = 5, Interests = 60, ItemsOfProfile = 10;
    private const ulong ItemSeed = 1, ProfileSeed = 2;

    private readonly ZipfSampler _topics = new(Topics, 0.6);
    private readonly ZipfSampler _seen;

    public SpeedWorld(int items, int profiles)
    {
        Items = items;
        Profiles = profiles;

        // The same people look at the first 10,000 items whatever the size of the catalog, so that their interests are the same.
        _seen = new ZipfSampler(Math.Min(items, 10_000), 0.8);
    }

    public int Items { get; }

    public int Profiles { get; }

    /// <summary>The topics of an item, distinct, strongest first.</summary>
    public void TopicsOf(int item, Span<int> topics)
    {
        var random = SplitMix.For(ItemSeed, (ulong)item);
        for (var i = 0; i < topics.Length; i++)
        {
            do
            {
                topics[i] = _topics.Next(ref random);
            }
            while (topics[..i].Contains(topics[i]));
        }
    }

    /// <summary>How much an item is about its topic at that place: 1, 1/2, 1/3 …</summary>
    public static double Weight(int place) => 1.0 / (place + 1);

    /// <summary>The items that a profile saw, distinct.</summary>
    public void ItemsOf(int profile, Span<int> items)
    {
        var random = SplitMix.For(ProfileSeed, (ulong)profile);
        for (var i = 0; i < items.Length; i++)
        {
            do
            {
                items[i] = _seen.Next(ref random);
            }
            while (items[..i].Contains(items[i]));
        }
    }

    /// <summary>The topics that a profile has beyond those of its items, to make <see cref="Interests"/> of them.</summary>
    public int[] FurtherTopicsOf(int profile)
    {
        Span<int> items = stackalloc int[ItemsOfProfile];
        Span<int> topics = stackalloc int[TopicsOfItem];
        ItemsOf(profile, items);
        var known = new HashSet<int>();
        foreach (var item in items)
        {
            TopicsOf(item, topics);
            foreach (var topic in topics)
            {
                known.Add(topic);
            }
        }

        var further = new List<int>();
        var random = SplitMix.For(ProfileSeed + 1, (ulong)profile);
        while (known.Count < Interests)
        {
            var topic = random.Next(Topics);
            if (known.Add(topic))
            {
                further.Add(topic);
            }
        }

        return [.. further];
    }

    public Item Item(int number)
    {
        Span<int> topics = stackalloc int[TopicsOfItem];
        TopicsOf(number, topics);
        var item = new Item { ItemId = ItemId(number), Title = $"Item {number}" };
        for (var i = 0; i < topics.Length; i++)
        {
            item.Topics.Add(new TopicWeight { Topic = Topic(topics[i]), Weight = Weight(i) });
        }

        return item;
    }

    public static string ItemId(int number) => $"i{number}";

    public static string ClientId(int number) => $"c{number}";

    public static string Topic(int number) => $"t{number}";
}
