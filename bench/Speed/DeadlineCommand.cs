using System.CommandLine;
using System.Globalization;
using Footprint.Grid.Bench.Load;
using Footprint.Grid.Bench.Processes;
using Spectre.Console;

namespace Footprint.Grid.Bench.Speed;

/// <summary><c>deadlines</c>: the share of picks answered in time, by time limit and load.</summary>
internal static class DeadlineCommand
{
    private const int Connections = 4;
    private static readonly int[] _deadlinesMs = [1, 5, 20];

    // One caller, a load that leaves room, and as many calls as it takes to keep the server's core busy.
    private static readonly int[] _inFlight = [1, 4, 24];

    public static Command Create()
    {
        var quick = new Option<bool>("--quick") { Description = "Fewer profiles, shorter: a look, not a measurement." };
        var command = new Command("deadlines", "Share of picks answered in time at limits of 1, 5 and 20 ms, under three loads.") { quick };
        command.SetAction(parsed => Run(parsed.GetValue(quick) ? SpeedScale.Quick : SpeedScale.Full));
        return command;
    }

    private static void Run(SpeedScale scale)
    {
        var world = new SpeedWorld(SpeedScale.FewItems, scale.Profiles);
        var events = new WorldEvents(world);
        using var node = NodeProcess.Start();
        WorldLoader.LoadItems(node.Address, NodeProcess.ApiKey, world);
        WorldLoader.LoadProfiles(node.Address, NodeProcess.ApiKey, world, events);
        var picks = new PickSource(world, events, candidates: 0);
        var table = new Table().AddColumns("calls at once", "limit ms", "per second", "given personally", "back in time");
        foreach (var each in _inFlight)
        {
            var connections = each == 1 ? 1 : Connections;
            using var load = new UnaryLoad(node.Address, NodeProcess.ApiKey, connections, each);
            Pinning.On(Pinning.LoadCore, () => load.Run(picks, TimeSpan.FromSeconds(scale.WarmUpSeconds / 2)));
            foreach (var limit in _deadlinesMs)
            {
                var limited = new DeadlinePicks(picks, limit);
                var result = Pinning.On(Pinning.LoadCore, () => load.Run(limited, TimeSpan.FromSeconds(scale.Seconds * scale.Rounds)));
                table.AddRow(
                    $"{connections * each}", $"{limit}", result.Rate.ToString("N0", CultureInfo.InvariantCulture),
                    Share(limited.PersonalShare), Share(result.Latency.Share(limit * 1000.0)));
            }
        }

        AnsiConsole.Write(table);
    }

    private static string Share(double share) => share.ToString("P2", CultureInfo.InvariantCulture);
}
