using System.CommandLine;
using System.Globalization;
using Spectre.Console;

namespace Footprint.Grid.Bench.Evaluation;

/// <summary><c>evaluate</c>: what a policy would have been worth, from logged decisions.</summary>
internal static class EvaluateCommand
{
    private static readonly string[] _campaigns = ["all", "men", "women"];
    private static readonly string[] _policies = ["random", "bts"];

    public static Command Create()
    {
        var path = new Argument<string>("path") { Description = "A log as lines of JSON, or a folder of them, as --decision-log of a node fills it; with --open-bandit the folder of the Open Bandit Dataset." };
        var openBandit = new Option<bool>("--open-bandit") { Description = "From logs of each campaign's one policy tell what its other one is worth, and hold it against that one's own log." };
        var command = new Command("evaluate", "Off-policy estimates with 95 % confidence intervals, from a log of decisions with propensities.") { path, openBandit };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(openBandit))
            {
                OpenBandit(parsed.GetValue(path)!);
            }
            else
            {
                var (log, policy) = LogFile.Read(parsed.GetValue(path)!);
                Print($"{log.Count:N0} decisions", Rows(log, policy, null));
            }
        });
        return command;
    }

    /// <summary>Each estimator's name and estimate.</summary>
    public static IEnumerable<(string Name, Estimate Estimate)> Estimates(IReadOnlyList<LoggedDecision> log, TargetPolicy policy) =>
    [
        ("inverse propensity", OffPolicy.InversePropensity(log, policy)),
        ("self-normalised", OffPolicy.SelfNormalised(log, policy)),
        ("doubly robust", OffPolicy.DoublyRobust(log, policy)),
    ];

    private static void OpenBandit(string folder)
    {
        foreach (var campaign in _campaigns)
        {
            var tables = _policies.Select(policy => Path.Combine(folder, policy, campaign, campaign + ".csv")).ToArray();
            if (!tables.All(t => new FileInfo(t) is { Exists: true, Length: > 0 }))
            {
                AnsiConsole.WriteLine($"{campaign}: not there");
                continue;
            }

            var logs = tables.Select(LogFile.ReadOpenBandit).ToArray();
            foreach (var (of, by, name) in new[] { (1, 0, "Thompson sampling from the random log"), (0, 1, "random from the log of Thompson sampling") })
            {
                // The one chooses alike among all items; the other without regard to who asks, so its shares are its chances.
                var policy = of == 1 ? TargetPolicy.OfLog(logs[1]) : TargetPolicy.Uniform(logs[0]);
                Print($"{campaign}: {name}, {logs[by].Count:N0} decisions", Rows(logs[by], policy, logs[of]));
            }
        }
    }

    private static IEnumerable<string[]> Rows(List<LoggedDecision> log, TargetPolicy policy, List<LoggedDecision>? own)
    {
        Estimate? truth = own is null ? null : Estimate.OfMean([.. own.Select(d => d.Reward)]);
        foreach (var (name, estimate) in Estimates(log, policy))
        {
            yield return Row(name, estimate, truth is { } t ? estimate.Holds(t.Value) ? "holds it" : "does not hold it" : "");
        }

        yield return Row("as logged", Estimate.OfMean([.. log.Select(d => d.Reward)]), "");
        if (truth is { } value)
        {
            yield return Row("its own log", value, "");
        }

        yield return ["effective size", OffPolicy.EffectiveSize(log, policy).ToString("N0", CultureInfo.InvariantCulture), "", ""];
    }

    private static string[] Row(string name, Estimate estimate, string note) => [name, Text(estimate.Value), $"{Text(estimate.Low)} to {Text(estimate.High)}", note];

    private static void Print(string title, IEnumerable<string[]> rows)
    {
        var table = new Table().Title(title).AddColumns("estimator", "value", "95 % interval", "its own log's value");
        foreach (var row in rows)
        {
            table.AddRow(row);
        }

        AnsiConsole.Write(table);
    }

    private static string Text(double value) => value.ToString("F5", CultureInfo.InvariantCulture);
}
