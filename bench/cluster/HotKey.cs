using System.Net;
using Footprint.Grid.Bench.Load;
using Footprint.Grid.Bench.Processes;
using Footprint.Grid.Bench.Reports;
using Footprint.Grid.Bench.Speed;

namespace Footprint.Grid.Cluster.Bench;

/// <summary>
/// Some picks for many clients while many picks go to others: once all of these to one client, as a bot has it, once spread
/// evenly. The machine has the same to do both times; what differs is what one client being hammered does to the others.
/// </summary>
/// <param name="gateway">Where picks are asked for.</param>
/// <param name="servers">All that answer them.</param>
/// <param name="world">Of the clients.</param>
internal sealed class HotKey(IPEndPoint gateway, IMeteredServer servers, SpeedWorld world) : IDisposable
{
    private readonly UnaryLoad _few = new(gateway, GridProcess.ApiKey, connections: 1, inFlight: 4);
    private readonly UnaryLoad _many = new(gateway, GridProcess.ApiKey, connections: 2, inFlight: 24);
    private readonly ClientSource _others = new(PickSource.PickPath, 0, world.Profiles / 2);
    private readonly ClientSource _oneClient = new(PickSource.PickPath, world.Profiles / 2, 1);
    private readonly ClientSource _spread = new(PickSource.PickPath, world.Profiles / 2, world.Profiles / 2);

    /// <summary>The others' picks while one client is hammered.</summary>
    public Sample Hammered(TimeSpan duration) => Run(_oneClient, duration);

    /// <summary>The others' picks while as many callers ask for many clients.</summary>
    public Sample Spread(TimeSpan duration) => Run(_spread, duration);

    public void Dispose()
    {
        _few.Dispose();
        _many.Dispose();
    }

    private Sample Run(ClientSource beside, TimeSpan duration)
    {
        var cpu = servers.CpuTime;
        var hammering = Task.Factory.StartNew(
            () => Pinning.On(Pinning.LoadCore, () => _many.Run(beside, duration + (duration / 4))), TaskCreationOptions.LongRunning);
        Thread.Sleep(duration / 8);
        var result = Pinning.On(Pinning.LoadCore, () => _few.Run(_others, duration));
        var all = hammering.GetAwaiter().GetResult().Total + result.Total;
        var spent = servers.CpuTime - cpu;
        return new Sample(result.Rate, spent.TotalMicroseconds / all, 0, result.Latency.Quantile(0.5), result.Latency.Quantile(0.99));
    }
}
