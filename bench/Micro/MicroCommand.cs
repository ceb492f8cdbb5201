using System.CommandLine;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Spectre.Console;

namespace Footprint.Grid.Bench.Micro;

/// <summary><c>micro</c>: what the domain's turns cost on their own, in time and in allocations.</summary>
internal static class MicroCommand
{
    public static Command Create()
    {
        var quick = new Option<bool>("--quick") { Description = "Allocations only." };
        var command = new Command("micro", "Time and allocations of pick, record, checkpoint and load, without network and store.") { quick };
        command.SetAction(parsed =>
        {
            if (!parsed.GetValue(quick))
            {
                // In process: a generated project would need the package feed at run time.
                var job = Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance);
                BenchmarkRunner.Run<ActorBenchmarks>(DefaultConfig.Instance.AddJob(job));
            }

            var expected = Allocations.Expected();
            var table = new Table().AddColumns("turn", "allocated B", "committed B");
            foreach (var (turn, bytes) in Allocations.Measure())
            {
                table.AddRow(turn, $"{bytes:N1}", $"{expected[turn]:N1}");
            }

            AnsiConsole.Write(table);
        });
        return command;
    }
}
