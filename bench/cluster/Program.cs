using System.CommandLine;
using Footprint.Grid.Cluster.Bench;
using Footprint.Grid.Cluster.Bench.Peer;
using Spectre.Console;

var quick = new Option<bool>("--quick") { Description = "Fewer profiles, shorter rounds: a look, not a measurement." };
var json = new Option<string?>("--json") { Description = "Also write all figures to this file." };
var root = new RootCommand("The cluster against a grain no-op and a peer of stock Orleans, in one run; docs/benchmarks.md explains it.") { quick, json };
root.SetAction(parsed =>
{
    using var run = new ClusterRun(parsed.GetValue(quick) ? ClusterScale.Quick : ClusterScale.Full);
    run.Measure();
    run.Report.Print();
    if (parsed.GetValue(json) is { } file)
    {
        run.Report.Save(file);
    }
});
foreach (var command in PeerCommands.All())
{
    root.Add(command);
}

if (Console.IsOutputRedirected)
{
    AnsiConsole.Profile.Width = 150;
}

return await root.Parse(args).InvokeAsync();
