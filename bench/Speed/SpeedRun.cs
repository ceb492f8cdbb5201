using Footprint.Grid.Bench.Load;
using Footprint.Grid.Bench.Processes;
using Footprint.Grid.Bench.Reports;
using Footprint.Grid.Bench.Servers;

namespace Footprint.Grid.Bench.Speed;

/// <summary>
/// All servers at once, one measured at a time: a bare echo, a node with the small catalog, one with the large, and the
/// peer beside its Redis. What rests costs next to nothing.
/// </summary>
internal sealed class SpeedRun : IDisposable
{
    private readonly Stack<IDisposable> _open = new();
    private readonly SpeedScale _scale;

    public SpeedRun(SpeedScale scale)
    {
        _scale = scale;
        try
        {
            AddSubjects();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public Report Report { get; } = new("Picks");

    public void Measure()
    {
        Report.Measure(_scale.Rounds, TimeSpan.FromSeconds(_scale.Seconds), TimeSpan.FromSeconds(_scale.WarmUpSeconds));
        var (echo, health, alone, mixed, among, many, peer) = (Report.Subjects[0], Report.Subjects[1], Report.Subjects[2], Report.Subjects[3], Report.Subjects[4], Report.Subjects[5], Report.Subjects[6]);
        Report.Check("CPU of the no-op by that of a bare echo", health.Against(echo, s => s.CpuMicros), 1.5, atLeast: false);
        Report.Check("picks by no-ops, rate", mixed.Against(health, s => s.Rate), 0.5, atLeast: true);
        Report.Check("picks among 100 candidates by no-ops, rate", among.Against(health, s => s.Rate), 0.35, atLeast: true);
        Report.Check("picks by those of the peer, rate", mixed.Against(peer, s => s.Rate), 6, atLeast: true);
        Report.Check($"cost of a pick from {_scale.ManyItems:N0} items by that from {SpeedScale.FewItems:N0}", many.Against(mixed, s => s.CpuMicros), 3, atLeast: false);
        Report.Check("allocations of a pick by those of a no-op", alone.Against(health, s => s.AllocatedBytes), 2, atLeast: false);
    }

    public void Dispose()
    {
        while (_open.TryPop(out var open))
        {
            open.Dispose();
        }
    }

    private void AddSubjects()
    {
        var few = new SpeedWorld(SpeedScale.FewItems, _scale.Profiles);
        var many = new SpeedWorld(_scale.ManyItems, _scale.Profiles);
        var echo = Keep(DotnetProcess.OfThisProgram(ServerCommands.Echo, FreePort.Next()));
        var redis = Keep(RedisProcess.Start("off", Pinning.LoadCore));
        WorldLoader.LoadPeer(redis.Address, few);
        var peer = Keep(DotnetProcess.OfThisProgram(ServerCommands.Peer, FreePort.Next(), "--redis", redis.Address.ToString(), "--items", $"{few.Items}"));
        var (node, events) = Start(few);
        var (largeNode, largeEvents) = Start(many);

        var echoLoad = Keep(new UnaryLoad(echo.Address, NodeProcess.ApiKey));
        var load = Keep(new UnaryLoad(node.Address, NodeProcess.ApiKey));
        var largeLoad = Keep(new UnaryLoad(largeNode.Address, NodeProcess.ApiKey));
        var peerLoad = Keep(new UnaryLoad(peer.Address, NodeProcess.ApiKey));
        var picks = new PickSource(few, events, candidates: 0);
        var alone = new PickSource(few, events, candidates: 0, recorded: false);
        var among = new PickSource(few, events, SpeedScale.Candidates);
        var largePicks = new PickSource(many, largeEvents, candidates: 0);

        Report.Add("bare echo of a frame", d => Metered.Run(echo, null, () => echoLoad.Run(new HealthSource(), d)));
        Report.Add("node: no-op (Health/Check)", d => Metered.Run(node, null, () => load.Run(new HealthSource(), d)));
        Report.Add("node: 10 picks, nothing recorded", d => Metered.Run(node, null, () => load.Run(alone, d)));
        Report.Add($"node: 10 picks of {few.Items:N0} items, an event for ten of them", d => Metered.Run(node, null, () => load.Run(picks, d), Picked));
        Report.Add($"node: the same among {SpeedScale.Candidates} candidates", d => Metered.Run(node, null, () => load.Run(among, d), Picked));
        Report.Add($"node: the same of {many.Items:N0} items", d => Metered.Run(largeNode, null, () => largeLoad.Run(largePicks, d), Picked));
        Report.Add($"peer: the same of {few.Items:N0} items, profiles in Redis", d => Metered.Run(peer, redis, () => peerLoad.Run(picks, d), Picked));
    }

    // Events are served as well, but only picks are counted.
    private static double Picked(LoadResult result) => result.Calls[0];

    private (NodeProcess Node, WorldEvents Events) Start(SpeedWorld world)
    {
        var node = Keep(NodeProcess.Start());
        var events = new WorldEvents(world);
        WorldLoader.LoadItems(node.Address, NodeProcess.ApiKey, world);
        WorldLoader.LoadProfiles(node.Address, NodeProcess.ApiKey, world, events);
        return (node, events);
    }

    private T Keep<T>(T open)
        where T : IDisposable
    {
        _open.Push(open);
        return open;
    }
}
