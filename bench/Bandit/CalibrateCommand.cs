using System.CommandLine;
using System.Globalization;
using System.Text;
using Footprint.Grid.V1;
using Spectre.Console;

namespace Footprint.Grid.Bench.Bandit;

/// <summary><c>calibrate</c>: whether match percentages mean what they say, in worlds whose odds are known.</summary>
internal static class CalibrateCommand
{
    private const int Side = 400;

    private static readonly BanditWorldKind[] _worlds =
        [BanditWorldKind.Steady, BanditWorldKind.Drift, BanditWorldKind.NoSignal, BanditWorldKind.PagesHoursLate, BanditWorldKind.PagesDaysLate];

    public static Command Create()
    {
        var seeds = new Option<int>("--seeds") { Description = "How many worlds of each kind.", DefaultValueFactory = _ => 5 };
        var learning = new Option<int>("--rounds") { Description = "Decisions of ten picks to learn from.", DefaultValueFactory = _ => 4000 };
        var heldOut = new Option<int>("--held-out") { Description = "Decisions to be judged by, afterwards.", DefaultValueFactory = _ => 2000 };
        var blind = new Option<int>("--blind") { Description = "Decisions before anything is learned, as where many come at once." };
        var mode = new Option<Placement.Types.Learning>("--learning") { Description = "OBSERVE, or EXPLORE, where chance has a part in what is picked.", DefaultValueFactory = _ => Placement.Types.Learning.Observe };
        var svg = new Option<string?>("--svg") { Description = "Also draw the reliability of all steady worlds' picks to this file." };
        var command = new Command("calibrate", "Match percentages of learning placements against what came of them.") { seeds, learning, heldOut, blind, mode, svg };
        command.SetAction(parsed =>
        {
            var table = new Table().AddColumns("world", "seed", "calibrated", "from decision", "base rate", "error (≤ 0.05)", "Brier", "of the base rate", "part of it (≤ 0.9)");
            foreach (var kind in _worlds)
            {
                for (var seed = 0; seed < parsed.GetValue(seeds); seed++)
                {
                    var run = CalibrationRun.Play(kind, parsed.GetValue(learning), parsed.GetValue(heldOut), (ulong)seed, parsed.GetValue(blind), parsed.GetValue(mode));
                    table.AddRow(Row(kind, seed, run));
                    if (kind == BanditWorldKind.Steady && seed == 0)
                    {
                        Show(run.HeldOut, parsed.GetValue(svg));
                    }
                }
            }

            AnsiConsole.Write(table);
        });
        return command;
    }

    private static string[] Row(BanditWorldKind kind, int seed, CalibrationRun run) => run.HeldOut.Count == 0
        ? [kind.ToString(), $"{seed}", $"{run.Calibrated}", $"{run.First}", "", "", "", "", ""]
        :
        [
            kind.ToString(), $"{seed}", $"{run.HeldOut.Count}", $"{run.First}", Text(run.HeldOut.Rate), Text(run.HeldOut.Error), Text(run.HeldOut.Brier),
            Text(run.HeldOut.BrierOfRate), Text(run.HeldOut.Brier / run.HeldOut.BrierOfRate),
        ];

    private static void Show(Reliability reliability, string? file)
    {
        foreach (var (stated, liked, count) in reliability.Points)
        {
            AnsiConsole.WriteLine($"stated {Text(stated)}  liked {Text(liked)}  of {count,6}  {new string('#', (int)Math.Round(50 * liked))}");
        }

        if (file is not null)
        {
            File.WriteAllText(file, Svg(reliability));
        }
    }

    private static string Svg(Reliability reliability)
    {
        var svg = new StringBuilder();
        svg.AppendLine(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-50 -10 {Side + 70} {Side + 60}\" font-family=\"sans-serif\" font-size=\"12\">");
        svg.AppendLine(CultureInfo.InvariantCulture, $"<rect width=\"{Side}\" height=\"{Side}\" fill=\"none\" stroke=\"#999\"/>");
        svg.AppendLine(CultureInfo.InvariantCulture, $"<line x1=\"0\" y1=\"{Side}\" x2=\"{Side}\" y2=\"0\" stroke=\"#999\" stroke-dasharray=\"4\"/>");
        foreach (var (stated, liked, count) in reliability.Points)
        {
            svg.AppendLine(CultureInfo.InvariantCulture, $"<circle cx=\"{Side * stated:F1}\" cy=\"{Side * (1 - liked):F1}\" r=\"{2 + Math.Log10(count):F1}\" fill=\"#06c\"><title>{count} picks</title></circle>");
        }

        svg.AppendLine(CultureInfo.InvariantCulture, $"<text x=\"{Side / 2}\" y=\"{Side + 30}\" text-anchor=\"middle\">stated chance, 0 to 1</text>");
        svg.AppendLine(CultureInfo.InvariantCulture, $"<text x=\"-20\" y=\"{Side / 2}\" text-anchor=\"middle\" transform=\"rotate(-90 -20 {Side / 2})\">share of likes</text>");
        return svg.Append("</svg>").AppendLine().ToString();
    }

    private static string Text(double number) => number.ToString("F3", CultureInfo.InvariantCulture);
}
