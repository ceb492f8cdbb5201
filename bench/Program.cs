using System.CommandLine;
using Footprint.Grid.Bench.Accuracy;
using Footprint.Grid.Bench.Bandit;
using Footprint.Grid.Bench.Durable;
using Footprint.Grid.Bench.Evaluation;
using Footprint.Grid.Bench.Memory;
using Footprint.Grid.Bench.Micro;
using Footprint.Grid.Bench.Servers;
using Footprint.Grid.Bench.Speed;
using Spectre.Console;

var root = new RootCommand("Benchmarks of Footprint.Grid. Each measures its floor in the same run; docs/benchmarks.md explains them.")
{
    AccuracyCommand.Create(),
    BanditCommand.Create(),
    CalibrateCommand.Create(),
    DeadlineCommand.Create(),
    DurableCommand.Create(),
    EnforcementCommand.Create(),
    EvaluateCommand.Create(),
    LearningCostCommand.Create(),
    MemoryCommand.Create(),
    MicroCommand.Create(),
    SpeedCommand.Create(),
};
foreach (var command in ServerCommands.All())
{
    root.Add(command);
}

if (Console.IsOutputRedirected)
{
    AnsiConsole.Profile.Width = 150;
}

return await root.Parse(args).InvokeAsync();
