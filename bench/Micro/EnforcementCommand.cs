using System.CommandLine;
using Spectre.Console;

namespace Footprint.Grid.Bench.Micro;

/// <summary><c>enforcement</c>: what obeying consents costs a pick, as ratios of CPU time in pairs of blocks side by side.</summary>
internal static class EnforcementCommand
{
    private const double Most = 1.10;
    private const int WarmUp = 20_000, Block = 250, Rounds = 400, QuickRounds = 60;

    public static Command Create()
    {
        var quick = new Option<bool>("--quick") { Description = $"{QuickRounds} rounds instead of {Rounds}." };
        var command = new Command("enforcement", "CPU time of picks with consent rules, as a ratio to those without any.") { quick };
        command.SetAction(parsed => Run(parsed.GetValue(quick) ? QuickRounds : Rounds));
        return command;
    }

    private static int Run(int rounds)
    {
        (string Name, ActorSubject Subject)[] kinds =
        [
            ("no rules", new ActorSubject()),
            ("22 rules that withhold nothing: the same facts", new ActorSubject().Obeying()),
            ("22 rules that withhold two categories", new ActorSubject().Withholding()),
        ];
        foreach (var (_, subject) in kinds)
        {
            _ = CpuTime.Of(() => subject.Pick(), WarmUp);
        }

        var times = new double[kinds.Length][];
        for (var kind = 0; kind < kinds.Length; kind++)
        {
            times[kind] = new double[rounds];
        }

        // Whoever comes first in a round, comes last in the next: what the machine does meanwhile meets all alike.
        for (var round = 0; round < rounds; round++)
        {
            for (var place = 0; place < kinds.Length; place++)
            {
                var kind = (place + round) % kinds.Length;
                times[kind][round] = CpuTime.Of(() => kinds[kind].Subject.Pick(), Block);
            }
        }

        var isHeld = true;
        var table = new Table().AddColumns("pick 10 of 10,000 items", "CPU µs", "ratio", "95 % interval", $"limit {Most:0.00}: a pick may cost 10 % more");
        table.AddRow(kinds[0].Name, $"{CpuTime.Median(times[0]):N2}", "", "", "");
        for (var kind = 1; kind < kinds.Length; kind++)
        {
            var ratio = PairedRatio.Of(times[kind], times[0]);
            table.AddRow(
                kinds[kind].Name, $"{CpuTime.Median(times[kind]):N2}", $"{ratio.Median:N3}", $"{ratio.Low:N3} – {ratio.High:N3}",
                ratio.High <= Most ? "proven" : ratio.Low > Most ? "refuted" : "open: more rounds, or a quieter machine");
            isHeld &= ratio.Low <= Most;
        }

        AnsiConsole.Write(table);
        return isHeld ? 0 : 1;
    }
}
