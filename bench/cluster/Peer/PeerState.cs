namespace Footprint.Grid.Cluster.Bench.Peer;

/// <summary>What the peer keeps of a client: less than a profile has (no windows, no consents, no ids of events seen), in the peer's favour.</summary>
internal sealed class PeerState
{
    public const int RecentItems = 50;

    public Dictionary<string, double> Affinity { get; set; } = [];

    /// <summary>Newest last.</summary>
    public List<string> Recent { get; set; } = [];

    public Dictionary<string, long> Counters { get; set; } = [];

    public DateTime LastSeen { get; set; }
}
