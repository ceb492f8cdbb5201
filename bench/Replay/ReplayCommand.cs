using System.CommandLine;
using System.Net;
using Footprint.Grid.Bench.Processes;
using Footprint.Grid.Bench.Synthetic;

namespace Footprint.Grid.Bench.Replay;

/// <summary><c>replay</c>: the main job on real input, or on synthetic traffic with a known truth.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        var path = new Argument<string?>("path") { Description = "A file of sequences: a line for each person, its number and those of its items.", Arity = ArgumentArity.ZeroOrOne };
        var synthetic = new Option<bool>("--synthetic") { Description = "Play generated traffic with a known truth instead." };
        var quick = new Option<bool>("--quick") { Description = "With --synthetic: less of it." };
        var grpc = new Option<string?>("--grpc") { Description = "ADDR:PORT of a node that runs already; its own otherwise." };
        var http = new Option<string?>("--http") { Description = "ADDR:PORT where that node answers HTTP." };
        var key = new Option<string>("--api-key") { Description = "Key for that node.", DefaultValueFactory = _ => NodeProcess.ApiKey };
        var seed = new Option<ulong>("--seed") { Description = "Of all chance.", DefaultValueFactory = _ => 1 };
        var json = new Option<string?>("--json") { Description = "Also write all figures to this file." };
        var command = new Command("replay", "Streams what people did through a node, then asks for picks for each and counts hits.") { path, synthetic, quick, grpc, http, key, seed, json };
        command.Validators.Add(result =>
        {
            if (result.GetValue(synthetic) == (result.GetValue(path) is not null))
            {
                result.AddError("Give either the path of a file or --synthetic.");
            }
            else if ((result.GetValue(grpc) is null) != (result.GetValue(http) is null))
            {
                result.AddError("A node that runs already needs both --grpc and --http.");
            }
            else if (result.GetValue(path) is { } file && !File.Exists(file))
            {
                result.AddError($"There is no file {file}.");
            }
        });
        command.SetAction(parsed =>
        {
            var world = parsed.GetValue(synthetic) ? new SyntheticWorld(parsed.GetValue(quick) ? SyntheticSize.Small : SyntheticSize.Full, parsed.GetValue(seed)) : null;
            var trace = world?.Trace ?? SequenceFile.Read(parsed.GetValue(path)!);
            using var own = parsed.GetValue(grpc) is null ? NodeProcess.Start() : null;
            using var metrics = new NodeMetrics(own?.Http ?? IPEndPoint.Parse(parsed.GetValue(http)!));
            var address = own?.Address ?? IPEndPoint.Parse(parsed.GetValue(grpc)!);
            var result = ReplayRun.Run(address, metrics, parsed.GetValue(key)!, trace, TimeProvider.System.GetUtcNow(), parsed.GetValue(seed));
            var truth = world?.JudgeTruth();
            ReplayReport.Print(result, truth);
            if (parsed.GetValue(json) is { } jsonFile)
            {
                ReplayReport.Save(jsonFile, result, truth);
            }
        });
        return command;
    }
}
