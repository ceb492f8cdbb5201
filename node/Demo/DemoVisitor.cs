using Footprint.Grid.V1;

namespace Footprint.Grid.Node.Demo;

/// <summary>A simulated visitor: a taste that the grid is not told, and a habit of acting on it.</summary>
internal sealed class DemoVisitor(string name, string firstTaste, string secondTaste)
{
    public string Name => name;

    public string ClientId => "demo-" + name.ToLowerInvariant();

    public string FirstTaste { get; private set; } = firstTaste;

    public string SecondTaste { get; private set; } = secondTaste;

    public static IReadOnlyList<DemoVisitor> All() =>
    [
        new("Ada", "golf", "cooking"), new("Bruno", "astronomy", "jazz"), new("Chidi", "chess", "cycling"),
        new("Dora", "gardening", "pottery"), new("Emre", "cycling", "golf"), new("Fay", "jazz", "cooking"),
    ];

    /// <summary>People change: the second taste becomes the first, and something new comes beside it.</summary>
    public void TakeUp(string topic) => (FirstTaste, SecondTaste) = (topic, FirstTaste);

    public bool Likes(Item item) => item.Topics.Any(topic => topic.Topic == FirstTaste || topic.Topic == SecondTaste);

    /// <summary>Clicks most of what fits the taste, and now and then something else.</summary>
    public bool WouldClick(Item item, Random random) => random.NextDouble() < (Likes(item) ? 0.5 : 0.02);

    /// <summary>What the visitor finds without being shown: mostly of the first taste.</summary>
    public Item Browse(IReadOnlyList<Item> items, Random random)
    {
        var topic = random.NextDouble() switch
        {
            < 0.6 => FirstTaste,
            < 0.9 => SecondTaste,
            _ => null,
        };
        var fitting = topic is null ? items : [.. items.Where(item => item.Topics[0].Topic == topic)];
        return fitting[random.Next(fitting.Count)];
    }
}
