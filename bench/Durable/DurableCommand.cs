using System.CommandLine;

namespace Footprint.Grid.Bench.Durable;

/// <summary><c>durable</c>: events per second that survive <c>kill -9</c>, beside one ETag-checked Redis script for each event.</summary>
internal static class DurableCommand
{
    public static Command Create()
    {
        var quick = new Option<bool>("--quick") { Description = "Fewer profiles and shorter rounds: a look, not a measurement." };
        var json = new Option<string?>("--json") { Description = "Also write all figures to this file." };
        var store = new Option<string>("--store") { Description = "Measure the node with this store only: sqlite or redis.", DefaultValueFactory = _ => "both" };
        store.AcceptOnlyFromAmong("both", "sqlite", "redis");
        var command = new Command("durable", "Durable events per second with either store, against a Redis script for each event.") { quick, json, store };
        command.SetAction(parsed =>
        {
            var stores = parsed.GetValue(store)!;
            using var run = new DurableRun(parsed.GetValue(quick), sqlite: stores != "redis", redis: stores != "sqlite");
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
