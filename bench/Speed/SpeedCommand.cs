using System.CommandLine;

namespace Footprint.Grid.Bench.Speed;

/// <summary><c>speed</c>: what a pick costs, beside a bare echo, the node's own no-op and what a user would build instead.</summary>
internal static class SpeedCommand
{
    public static Command Create()
    {
        var quick = new Option<bool>("--quick") { Description = "Fewer profiles and items, shorter rounds: a look, not a measurement." };
        var json = new Option<string?>("--json") { Description = "Also write all figures to this file." };
        var command = new Command("speed", "Picks per second and CPU per pick, against floors and a peer.") { quick, json };
        command.SetAction(parsed =>
        {
            using var run = new SpeedRun(parsed.GetValue(quick) ? SpeedScale.Quick : SpeedScale.Full);
            run.Measure();
            run.Report.Print();
            if (parsed.GetValue(json) is { } file)
            {
                run.Report.Save(file);
            }
        });
        return command;
    }
}
