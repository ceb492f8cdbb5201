namespace Footprint.Grid.Cluster.Bench.Peer;

/// <summary>One act as gateway and grain exchange it.</summary>
[GenerateSerializer]
internal sealed record PeerEvent(
    [property: Id(0)] string Type, [property: Id(1)] string ItemId, [property: Id(2)] Dictionary<string, double> Topics, [property: Id(3)] DateTime Time);
