using System.CommandLine;
using System.Net;
using Footprint.Grid.Bench.Processes;
using Footprint.Grid.Bench.Synthetic;

namespace Footprint.Grid.Bench.Accuracy;

/// <summary><c>accuracy</c>: the main job on real input, or on synthetic traffic with a known truth.</summary>
internal static class AccuracyCommand
{
    public static Command Create()
    {
        var path = new Argument<string?>("path") { Description = "A file of sequences: a line for each person, its number and those of its items.", Arity = ArgumentArity.ZeroOrOne };
        var movieLens = new Option<string?>("--movielens") { Description = "A file of ratings as MovieLens 100k has it (u.data) instead." };
        var validation = new Option<bool>("--validation") { Description = "Judge by what would be played last instead: what settings are chosen by." };
        var synthetic = new Option<bool>("--synthetic") { Description = "Play generated traffic with a known truth instead." };
        var quick = new Option<bool>("--quick") { Description = "With --synthetic: less of it." };
        var grpc = new Option<string?>("--grpc") { Description = "ADDR:PORT of a node that runs already; its own otherwise." };
        var http = new Option<string?>("--http") { Description = "ADDR:PORT where that node answers HTTP." };
        var key = new Option<string>("--api-key") { Description = "Key for that node.", DefaultValueFactory = _ => NodeProcess.ApiKey };
        var seed = new Option<ulong>("--seed") { Description = "Of all chance.", DefaultValueFactory = _ => 1 };
        var json = new Option<string?>("--json") { Description = "Also write all figures to this file." };
        var command = new Command("accuracy", "Streams what people did through a node, then asks for picks for each and counts hits.") { path, movieLens, validation, synthetic, quick, grpc, http, key, seed, json };
        command.Validators.Add(result =>
        {
            string?[] files = [result.GetValue(path), result.GetValue(movieLens)];
            if (files.Count(file => file is not null) + (result.GetValue(synthetic) ? 1 : 0) != 1)
            {
                result.AddError("Give one of: the path of a file, --movielens, --synthetic.");
            }
            else if ((result.GetValue(grpc) is null) != (result.GetValue(http) is null))
            {
                result.AddError("A node that runs already needs both --grpc and --http.");
            }
            else if (Array.Find(files, file => file is not null) is { } file && !File.Exists(file))
            {
                result.AddError($"There is no file {file}.");
            }
        });
        command.SetAction(parsed =>
        {
            var world = parsed.GetValue(synthetic) ? new SyntheticWorld(parsed.GetValue(quick) ? SyntheticSize.Small : SyntheticSize.Full, parsed.GetValue(seed)) : null;
            var trace = world?.Trace
                ?? (parsed.GetValue(movieLens) is { } ratings
                    ? MovieLensFile.Read(ratings, parsed.GetValue(validation))
                    : SequenceFile.Read(parsed.GetValue(path)!, parsed.GetValue(validation)));
            using var own = parsed.GetValue(grpc) is null ? NodeProcess.Start() : null;
            using var metrics = new NodeMetrics(own?.Http ?? IPEndPoint.Parse(parsed.GetValue(http)!));
            var address = own?.Address ?? IPEndPoint.Parse(parsed.GetValue(grpc)!);
            var result = AccuracyRun.Run(address, metrics, parsed.GetValue(key)!, trace, TimeProvider.System.GetUtcNow(), parsed.GetValue(seed));
            var truth = world?.JudgeTruth();
            AccuracyReport.Print(result, truth);
            if (parsed.GetValue(json) is { } jsonFile)
            {
                AccuracyReport.Save(jsonFile, result, truth);
            }
        });
        return command;
    }
}
