using Footprint.Grid.V1;
using Google.Protobuf.WellKnownTypes;

namespace Footprint.Grid.Node.Demo;

/// <summary>A small invented magazine: eight topics, six articles each, a few of them about two topics.</summary>
internal static class DemoCatalog
{
    private const int ArticlesPerTopic = 6;

    private static readonly (string Topic, string Second, string[] Titles)[] _shelves =
    [
        ("golf", "gardening",
            ["A quiet nine at dawn", "Putting on slow greens", "Why your slice is honest", "Links in the rain", "The greenkeeper's year",
            "Clubs our readers mended"]),
        ("cooking", "gardening",
            ["Soup from the last of it", "Bread without a plan", "Eight ways with a leek", "The patient onion", "From the bed to the pot",
            "A kitchen in one drawer"]),
        ("astronomy", "jazz",
            ["Saturn over the rooftops", "A telescope from the attic", "Counting meteors", "The moon in six sketches", "Songs for a long exposure",
            "Dark skies by train"]),
        ("gardening", "cooking",
            ["Seeds worth swapping", "Shade is not a fault", "The compost diaries", "Pruning for the timid", "Herbs at the back door",
            "A hedge for small birds"]),
        ("chess", "cycling",
            ["Endings for the evening", "The bishop nobody wanted", "Playing on after a blunder", "A club in a tram depot", "Blitz on two wheels",
            "Pawns first"]),
        ("cycling", "cooking",
            ["Hills before breakfast", "Rain capes reviewed", "The long way to work", "Mending by lamplight", "What to eat at kilometre ninety",
            "A bell with manners"]),
        ("jazz", "pottery",
            ["Brushes on a borrowed snare", "Standards in a kitchen key", "The trio next door", "Learning to leave gaps", "A kiln and a clarinet",
            "Late set, early bus"]),
        ("pottery", "astronomy",
            ["Centring, again", "Glazes from wood ash", "The bowl that leaned", "A wheel in the shed", "Star maps in slip", "Handles that last"]),
    ];

    /// <summary>The articles in turn of their topics, the newest published now.</summary>
    public static IReadOnlyList<Item> Items(DateTimeOffset now)
    {
        var items = new List<Item>();
        for (var i = 0; i < ArticlesPerTopic; i++)
        {
            foreach (var (topic, second, titles) in _shelves)
            {
                var item = new Item
                {
                    ItemId = $"{topic}-{i + 1}",
                    Title = titles[i],
                    PublishTime = Timestamp.FromDateTimeOffset(now.AddHours(-items.Count)),
                    Topics = { new TopicWeight { Topic = topic, Weight = 1 } },
                };
                if (i == 4)
                {
                    item.Topics.Add(new TopicWeight { Topic = second, Weight = 0.5 });
                }

                items.Add(item);
            }
        }

        return items;
    }
}
