using System.CommandLine;
using Footprint.Grid.Bench.Load;
using Footprint.Grid.Bench.Processes;
using Footprint.Grid.Bench.Reports;
using Footprint.Grid.Bench.Servers;

namespace Footprint.Grid.Bench.Speed;

/// <summary><c>speed</c>: what a pick costs, beside a bare echo, the node's own no-op and what a user would build instead.</summary>
internal static class SpeedCommand
{
    public static Command Create()
    {
        var quick = new Option<bool>("--quick") { Description = "Fewer profiles and shorter rounds: a look, not a measurement." };
        var json = new Option<string?>("--json") { Description = "Also write all figures to this file." };
        var only = new Option<string?>("--only") { Description = "Only subjects whose name contains this." };
        var command = new Command("speed", "Picks per second and CPU per pick, against floors and a peer.") { quick, json, only };
        command.SetAction(parsed => Run(parsed.GetValue(quick), parsed.GetValue(json)));
        return command;
    }

    private static void Run(bool quick, string? json)
    {
        var world = new SpeedWorld(10_000, quick ? 5_000 : 100_000);
        using var echo = DotnetProcess.OfThisProgram(ServerCommands.Echo, FreePort.Next());
        using var redis = RedisProcess.Start("off", Pinning.LoadCore);
        WorldLoader.LoadPeer(redis.Address, world);
        using var peer = DotnetProcess.OfThisProgram(ServerCommands.Peer, FreePort.Next(), "--redis", redis.Address.ToString(), "--items", "10000");

        var report = new Report("Picks");
        using var echoLoad = new UnaryLoad(echo.Address, NodeProcess.ApiKey);
        using var peerLoad = new UnaryLoad(peer.Address, NodeProcess.ApiKey);
        var picks = new PickSource(world, new WorldEvents(world), 0);
        var floor = report.Add("bare echo", d => Metered.Run(echo, null, () => echoLoad.Run(new HealthSource(), d)));
        var built = report.Add("peer: profile in Redis, 10 picks", d => Metered.Run(peer, redis, () => peerLoad.Run(picks, d), r => r.Calls[0]));
        report.Measure(quick ? 3 : 5, TimeSpan.FromSeconds(quick ? 1 : 3), TimeSpan.FromSeconds(quick ? 4 : 30));
        report.Check("peer by echo", built.Against(floor, s => s.Rate), 0, true);
        report.Print();
        if (json is not null)
        {
            report.Save(json);
        }
    }
}
