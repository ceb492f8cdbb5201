using System.Text.Json;
using Spectre.Console;

namespace Footprint.Grid.Bench.Accuracy;

/// <summary>Shows a replay's result.</summary>
internal static class AccuracyReport
{
    private static readonly JsonSerializerOptions _json = new() { WriteIndented = true };

    public static void Print(AccuracyResult result, HitCounter? truth)
    {
        var trace = result.Trace;
        AnsiConsole.MarkupLineInterpolated($"[bold]{trace.Name}[/]: {trace.People.Count:N0} people, {trace.Items.Count:N0} items, {trace.People.Sum(p => p.Length):N0} acts, {trace.People.Sum(p => p.Length) - trace.Played:N0} of them held out.");
        var table = new Table().AddColumn("").AddColumns("per second", "p50 µs", "p99 µs");
        table.AddRow("events streamed, durable (latency of 250 at once)", $"{result.EventsPerSecond:N0}", $"{result.Stream.Latency.Quantile(0.5):N0}", $"{result.Stream.Latency.Quantile(0.99):N0}");
        table.AddRow("picks, 64 at once", $"{result.Picks.Rate:N0}", $"{result.Picks.Latency.Quantile(0.5):N0}", $"{result.Picks.Latency.Quantile(0.99):N0}");
        table.AddRow("picks, one at a time", $"{result.Alone.Rate:N0}", $"{result.Alone.Latency.Quantile(0.5):N0}", $"{result.Alone.Latency.Quantile(0.99):N0}");
        AnsiConsole.Write(table);
        var isHeld = result.Learning <= AccuracyResult.MostLearning;
        AnsiConsole.MarkupLineInterpolated($"Learning in the background: {result.Learning:P1} of a core, at most {AccuracyResult.MostLearning:P0}: [{(isHeld ? "green" : "red")}]{(isHeld ? "held" : "missed")}[/].");

        var hits = new Table().AddColumn("").AddColumns("HR@10", "NDCG@10", "by popularity");
        Row(hits, "Footprint.Grid", result.Grid, result);
        Row(hits, "popularity", result.Popularity, result);
        Row(hits, "item neighbours", result.Neighbours, result);
        if (truth is not null)
        {
            Row(hits, "the known truth", truth, result);
        }

        AnsiConsole.Write(hits);
        if (result.NotPersonal > 0)
        {
            AnsiConsole.MarkupLineInterpolated($"[red]{result.NotPersonal:N0} answers were not personal.[/]");
        }
    }

    public static void Save(string file, AccuracyResult result, HitCounter? truth) => File.WriteAllText(file, JsonSerializer.Serialize(
        new
        {
            result.Trace.Name,
            People = result.Trace.People.Count,
            Items = result.Trace.Items.Count,
            result.Trace.Played,
            result.EventsPerSecond,
            PicksPerSecond = result.Picks.Rate,
            PickP50Micros = result.Alone.Latency.Quantile(0.5),
            PickP99Micros = result.Alone.Latency.Quantile(0.99),
            result.Learning,
            result.NotPersonal,
            result.Grid,
            result.Popularity,
            result.Neighbours,
            Truth = truth,
        },
        _json));

    private static void Row(Table table, string name, HitCounter counter, AccuracyResult result) =>
        table.AddRow(name, $"{counter.HitRate:F4}", $"{counter.Ndcg:F4}", $"{counter.HitRate / result.Popularity.HitRate:F2} ×");
}
