using System.Globalization;
using Footprint.Grid.Bench.Servers;
using Footprint.Grid.Bench.Speed;

namespace Footprint.Grid.Cluster.Bench.Peer;

/// <summary>The items of the world in the memory of each silo.</summary>
internal sealed class PeerCatalog(int items)
{
    private readonly SpeedWorld _world = new(items, 1);

    public PeerScorer Scorer { get; } = new(items);

    public string[] ItemIds { get; } = [.. Enumerable.Range(0, items).Select(SpeedWorld.ItemId)];

    public string[] TopicNames { get; } = [.. Enumerable.Range(0, SpeedWorld.Topics).Select(SpeedWorld.Topic)];

    /// <summary>The number in a name such as t17 or i4711.</summary>
    public static int Number(string name) => int.Parse(name.AsSpan(1), CultureInfo.InvariantCulture);

    public void TopicsOf(string item, Span<int> topics) => _world.TopicsOf(Number(item), topics);
}
