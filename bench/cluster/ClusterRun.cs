using Footprint.Grid.Bench.Load;
using Footprint.Grid.Bench.Processes;
using Footprint.Grid.Bench.Reports;
using Footprint.Grid.Bench.Speed;
using Footprint.Grid.Cluster.Bench.Peer;
using Ack = Footprint.Grid.V1.RecordRequest.Types.Ack;

namespace Footprint.Grid.Cluster.Bench;

/// <summary>Clusters of one, two and three silos and the peer, all running at once, measured in turn.</summary>
internal sealed class ClusterRun : IDisposable
{
    private const int EventsOfOneClient = 16;
    private const double PickOfNoop = 0.8, PickOfPeer = 1.6, OneEvent = 2, ManyEvents = 5, MostGrowth = 1.2, MostSlower = 1.5;

    private readonly Stack<IDisposable> _open = new();
    private readonly ClusterScale _scale;
    private readonly SpeedWorld _world;
    private readonly Subject _noop, _pick, _peerPick, _one, _peerOne, _many, _peerMany, _peerManyAtOnce, _spread, _hammered;
    private readonly Dictionary<(int Silos, string Join), Subject> _sizes = [];

    public ClusterRun(ClusterScale scale)
    {
        _scale = scale;
        _world = new SpeedWorld(scale.Items, scale.Profiles);
        try
        {
            var peer = Keep(new PeerCluster(_world));
            var clusters = Enumerable.Range(1, 3).Select(silos => Keep(new GridCluster(silos, _world))).ToList();
            var grid = clusters[0];
            var load = Keep(new UnaryLoad(grid.Client.Address, GridProcess.ApiKey));
            var peerLoad = Keep(new UnaryLoad(peer.Address, null));
            var behind = grid.Behind(grid.Client);

            _noop = Add("a grain's no-op: gateway, silo", peer.Servers, peer.Redis, peerLoad, new ClientSource(PeerMethods.NoopPath, 0, _world.Profiles));
            _pick = Add("10 picks: gateway, silo", behind, grid.Redis, load, Picks(grid.Events));
            _peerPick = Add("peer: 10 picks", peer.Servers, peer.Redis, peerLoad, Picks(peer.Events));
            _one = AddEvents("durable events, 1 a call", behind, grid.Redis, load, grid.Events, 1, Ack.Durable);
            _peerOne = AddEvents("peer: 1 a call, written", peer.Servers, peer.Redis, peerLoad, peer.Events, 1, Ack.Durable);
            _many = AddEvents("durable events, 16 of one client a call", behind, grid.Redis, load, grid.Events, EventsOfOneClient, Ack.Durable);
            _peerMany = AddEvents("peer: 16 a call, each written", peer.Servers, peer.Redis, peerLoad, peer.Events, EventsOfOneClient, Ack.Durable);
            _peerManyAtOnce = AddEvents("peer: 16 a call, written once", peer.Servers, peer.Redis, peerLoad, peer.Events, EventsOfOneClient, Ack.Applied);
            foreach (var cluster in clusters)
            {
                AddSizes(cluster, cluster.Client, "client");
                AddSizes(cluster, cluster.Member, "member");
            }

            var largest = clusters[^1];
            var hot = Keep(new HotKey(largest.Client.Address, largest.Behind(largest.Client), _world));
            _spread = Report.Add("others' picks beside 48 at a time for many", hot.Spread);
            _hammered = Report.Add("others' picks beside 48 at a time for one client", hot.Hammered);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public Report Report { get; } = new("Cluster");

    public void Measure()
    {
        Report.Measure(_scale.Rounds, TimeSpan.FromSeconds(_scale.Seconds), TimeSpan.FromSeconds(_scale.WarmUpSeconds));
        Faster("picks by a grain's no-op", _pick, _noop, PickOfNoop);
        Faster("picks by those of the peer", _pick, _peerPick, PickOfPeer);
        Faster("durable events by the peer's, 1 a call", _one, _peerOne, OneEvent);
        Faster("durable events by the peer's, 16 a call", _many, _peerMany, ManyEvents);
        Faster("the same, the peer writing once a call", _many, _peerManyAtOnce, 1);
        foreach (var ((silos, join), subject) in _sizes)
        {
            if (silos > 1)
            {
                Report.Check($"CPU of a pick with {silos} silos by that with 1, joined as {join}", subject.Against(_sizes[(1, join)], Cpu), MostGrowth, atLeast: false);
            }
        }

        Report.Check("p50 of others' picks, one client hammered by load spread", _hammered.Against(_spread, s => s.P50Micros), MostSlower, atLeast: false);
        Report.Check("p99 of others' picks, one client hammered by load spread", _hammered.Against(_spread, s => s.P99Micros), MostSlower, atLeast: false);
    }

    public void Dispose()
    {
        while (_open.TryPop(out var open))
        {
            open.Dispose();
        }
    }

    // Redis serves, too.
    private static double Cpu(Sample sample) => sample.CpuMicros + sample.HelperMicros;

    /// <summary>By rate, and by CPU, which a neighbour on the machine hardly disturbs.</summary>
    private void Faster(string name, Subject mine, Subject other, double limit)
    {
        Report.Check(name + ", rate", mine.Against(other, s => s.Rate), limit, atLeast: true);
        Report.Check(name + ", per CPU", mine.Against(other, s => 1 / Cpu(s)), limit, atLeast: true);
    }

    private void AddSizes(GridCluster cluster, GridProcess gateway, string join)
    {
        var load = Keep(new UnaryLoad(gateway.Address, GridProcess.ApiKey));
        _sizes.Add(
            (cluster.Silos, join),
            Add($"10 picks: {cluster.Silos} silos, joined as {join}", cluster.Behind(gateway), cluster.Redis, load, Picks(cluster.Events)));
    }

    private PickSource Picks(WorldEvents events) => new(_world, events, candidates: 0, recorded: false);

    private Subject Add(string name, IMeteredServer servers, IMeteredServer helper, UnaryLoad load, CallSource source) =>
        Report.Add(name, duration => Metered.Run(servers, helper, () => load.Run(source, duration)));

    private Subject AddEvents(
        string name, IMeteredServer servers, IMeteredServer helper, UnaryLoad load, WorldEvents events, int eventsOfCall, Ack ack)
    {
        var source = new RecordSource(_world, events, eventsOfCall, ack);
        return Report.Add(name, duration => Metered.Run(servers, helper, () => load.Run(source, duration), result => result.Total * eventsOfCall));
    }

    private T Keep<T>(T open)
        where T : IDisposable
    {
        _open.Push(open);
        return open;
    }
}
