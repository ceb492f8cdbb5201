using System.CommandLine;
using System.Globalization;
using Footprint.Grid.Bench.Micro;
using Footprint.Grid.Core.Learning;
using Footprint.Grid.V1;
using Spectre.Console;

namespace Footprint.Grid.Bench.Bandit;

/// <summary><c>learning</c>: CPU of an event with and without what it teaches, of picks and outcomes where the placement does not learn, counts outcomes, and explores; and of learning at many items.</summary>
internal static class LearningCostCommand
{
    private const int Rounds = 9, Turns = 20_000;

    public static Command Create()
    {
        var command = new Command("learning", "What learning adds to the CPU of an event, a pick and an outcome, and what its lessons cost in the background.");
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
        var plain = new ActorSubject();
        var observing = new ActorSubject().Learning(Placement.Types.Learning.Observe);
        var exploring = new ActorSubject().Learning(Placement.Types.Learning.Explore);
        var nameless = new ActorSubject().Learning(Placement.Types.Learning.Observe);
        var clicking = new ActorSubject().Learning(Placement.Types.Learning.Observe);
        var untaught = new ActorSubject().Teaching(allowed: false);
        var teaching = new ActorSubject().Teaching(allowed: true);
        (string Name, Action Turn, Action? Without)[] rows =
        [
            ("an event with an item, nothing taught", () => untaught.Record(), null),
            ("an event with an item", () => teaching.Record(), () => untaught.Record()),
            ("10 picks and a click of no decision", () => nameless.PickAndClick(names: false), null),
            ("10 picks and a click", () => clicking.PickAndClick(names: true), () => nameless.PickAndClick(names: false)),
            ("10 picks, OFF", () => plain.Pick(), null),
            ("10 picks, OBSERVE", () => observing.Pick(), () => plain.Pick()),
            ("10 picks, EXPLORE", () => exploring.Pick(), () => plain.Pick()),
        ];

        // All publish as often, so that as much is known in each of what goes with what.
        ActorSubject[] all = [untaught, teaching, nameless, clicking, plain, observing, exploring];
        var table = new Table().AddColumns("10,000 items", "CPU µs, median", "more than without");
        foreach (var (name, turn, without) in rows)
        {
            var (cost, more) = (new double[Rounds], new double[Rounds]);
            for (var round = -2; round < Rounds; round++)
            {
                var less = without is null ? 0 : CpuTime.Of(without, Turns);
                var own = CpuTime.Of(turn, Turns);
                Array.ForEach(all, subject => subject.Teach(Turns));
                if (round >= 0)
                {
                    (cost[round], more[round]) = (own, own - less);
                }
            }

            table.AddRow(name, Text(CpuTime.Median(cost)), without is null ? "" : Text(CpuTime.Median(more)));
        }

        var background = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < Turns; i++)
            {
                exploring.Pick();
            }

            background[round] = exploring.Teach(Turns);
        }

        table.AddRow("what ten picks teach, in the background", Text(CpuTime.Median(background)), "");
        AnsiConsole.Write(table);
    }

    private static string Text(double value) => value.ToString("F2", CultureInfo.InvariantCulture);
}
