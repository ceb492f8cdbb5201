using System.CommandLine;
using System.Globalization;
using Footprint.Grid.Bench.Evaluation;
using Footprint.Grid.V1;
using Spectre.Console;

namespace Footprint.Grid.Bench.Bandit;

/// <summary><c>bandit</c>: cumulative regret in worlds with a known best choice.</summary>
internal static class BanditCommand
{
    /// <summary>The grid's regret as a part of each baseline's.</summary>
    public const double Target = 0.6;

    public static Command Create()
    {
        var seeds = new Option<int>("--seeds") { Description = "How many worlds of each kind.", DefaultValueFactory = _ => 20 };
        var rounds = new Option<int>("--rounds") { Description = "Decisions in each.", DefaultValueFactory = _ => 20_000 };
        var only = new Option<BanditWorldKind[]>("--world") { Description = "Only worlds of these kinds.", AllowMultipleArgumentsPerToken = true };
        var command = new Command("bandit", "Regret of learning placements and of baselines in simulated worlds with a known best choice.") { seeds, rounds, only };
        command.SetAction(parsed => Run(parsed.GetValue(seeds), parsed.GetValue(rounds), parsed.GetValue(only)));
        return command;
    }

    private static void Run(int seeds, int rounds, BanditWorldKind[]? only)
    {
        foreach (var kind in only is { Length: > 0 } ? only : Enum.GetValues<BanditWorldKind>())
        {
            var table = new Table().Title($"{kind}: regret of {rounds:N0} rounds, mean of {seeds} seeds").AddColumns("policy", "regret", "± 2 s.e.", "the grid's part of it");
            var all = new SortedDictionary<string, double[]>(StringComparer.Ordinal);
            var calibrated = 0;
            for (var seed = 0; seed < seeds; seed++)
            {
                var world = new BanditWorld(kind, rounds, (ulong)seed);
                foreach (var policy in Policies(world, rounds, (ulong)seed))
                {
                    var regret = BanditRun.Regret(world, policy, rounds, (ulong)seed);
                    (all.TryGetValue(policy.Name, out var own) ? own : all[policy.Name] = new double[seeds])[seed] = regret;
                    calibrated += policy is GridPolicy { HasCalibrated: true } ? 1 : 0;
                }
            }

            var grid = all["the grid, EXPLORE"].Average();
            foreach (var (name, regrets) in all)
            {
                var (mean, error) = Estimate.OfMean(regrets);
                table.AddRow(name, Text(mean), Text(2 * error), mean > 0 ? Text(grid / mean) : "");
            }

            AnsiConsole.Write(table);
            AnsiConsole.WriteLine($"  runs that ever stated a calibrated percentage: {calibrated}");
        }
    }

    public static IEnumerable<IBanditPolicy> Policies(BanditWorld world, int rounds, ulong seed) =>
    [
        new GridPolicy(world, Placement.Types.Learning.Explore, seed),
        new GridPolicy(world, Placement.Types.Learning.Observe, seed),
        new EpsilonGreedyPolicy(seed),
        new BetaThompsonPolicy(seed),
        new ConstantPolicy(world, rounds),
    ];

    private static string Text(double number) => number.ToString(Math.Abs(number) < 10 ? "F2" : "F0", CultureInfo.InvariantCulture);
}
