namespace Footprint.Grid.Cluster.Bench.Peer;

/// <summary>One client of the peer.</summary>
internal interface IPeerGrain : IGrainWithStringKey
{
    /// <param name="events">What the client did.</param>
    /// <param name="each">Whether the state is written after each of them, or once after all.</param>
    Task RecordAsync(List<PeerEvent> events, bool each);

    Task<List<PeerPick>> PickAsync(int count);

    /// <summary>Nothing at all.</summary>
    Task NoopAsync();
}
