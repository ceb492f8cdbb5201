namespace Footprint.Grid.Cluster.Bench.Peer;

/// <summary>One picked item.</summary>
[GenerateSerializer]
internal sealed record PeerPick([property: Id(0)] string ItemId, [property: Id(1)] double Score);
