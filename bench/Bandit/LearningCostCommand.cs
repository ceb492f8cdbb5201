using System.CommandLine;
using System.Globalization;
using Footprint.Grid.Bench.Micro;
using Footprint.Grid.Core.Learning;
using Footprint.Grid.V1;
using Spectre.Console;

namespace Footprint.Grid.Bench.Bandit;

/// <summary><c>learning</c>: CPU of ten picks where the placement does not learn, counts outcomes, and explores; and of learning at many items.</summary>
internal static class LearningCostCommand
{
    private const int Rounds = 9, Picks = 20_000;
    private static readonly string[] _modes = ["OFF", "OBSERVE", "EXPLORE"];

    public static Command Create()
    {
        var command = new Command("learning", "What learning adds to the CPU of a pick, and what its lessons cost in the background.");
        var items = new Option<int>("--items") { Description = "Items that are known when publishing is measured; 0 to leave that out.", DefaultValueFactory = _ => KnowledgeBase.MaxItems };
        command.Options.Add(items);
        command.SetAction(result =>
        {
            Run();
            if (result.GetValue(items) is > 0 and var known)
            {
                AnsiConsole.Write(new LearningScale(known).Run());
            }
        });
        return command;
    }

    private static void Run()
    {
        var off = new ActorSubject();
        var observing = new ActorSubject().Learning(Placement.Types.Learning.Observe);
        var exploring = new ActorSubject().Learning(Placement.Types.Learning.Explore);
        var subjects = new[] { off, observing, exploring };
        var costs = subjects.Select(_ => new double[Rounds]).ToArray();
        var background = new double[Rounds];
        for (var round = -2; round < Rounds; round++)
        {
            for (var s = 0; s < subjects.Length; s++)
            {
                var cost = CpuTime.Of(() => subjects[s].Pick(), Picks);
                if (round >= 0)
                {
                    costs[s][round] = cost;
                }
            }

            var learning = exploring.Teach(Picks);
            if (round >= 0)
            {
                background[round] = learning;
            }
        }

        var table = new Table().AddColumns("10 picks of 10,000 items", "CPU µs, median", "more than OFF");
        foreach (var (name, cost) in _modes.Zip(costs))
        {
            table.AddRow(name, Text(CpuTime.Median(cost)), Text(CpuTime.Median([.. cost.Zip(costs[0], (own, plain) => own - plain)])));
        }

        table.AddRow("what ten picks teach, in the background", Text(CpuTime.Median(background)), "");
        AnsiConsole.Write(table);
    }

    private static string Text(double value) => value.ToString("F2", CultureInfo.InvariantCulture);
}
