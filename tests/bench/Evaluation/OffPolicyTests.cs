using Footprint.Grid.Bench.Evaluation;

namespace Footprint.Grid.Bench.Tests.Evaluation;

public sealed class OffPolicyTests
{
    private static readonly double[] _worth = [0.1, 0.3, 0.05, 0.6];
    private static readonly double[] _logging = [0.4, 0.3, 0.2, 0.1];
    private static readonly TargetPolicy _policy = Policy([0.1, 0.2, 0.1, 0.6]);
    private static readonly double _truth = (0.1 * 0.1) + (0.2 * 0.3) + (0.1 * 0.05) + (0.6 * 0.6);

    [Fact]
    public void Estimates_ManyLogsOfAKnownWorld_HoldTheTruthAboutNineteenTimesInTwenty()
    {
        var held = new Dictionary<string, int>();
        var sums = new Dictionary<string, double>();
        const int Logs = 200;
        for (var seed = 0; seed < Logs; seed++)
        {
            var log = Log(new Random(seed), 1500);
            foreach (var (name, estimate) in EvaluateCommand.Estimates(log, _policy))
            {
                held[name] = held.GetValueOrDefault(name) + (estimate.Holds(_truth) ? 1 : 0);
                sums[name] = sums.GetValueOrDefault(name) + estimate.Value;
            }
        }

        Assert.All(held, h => Assert.InRange(h.Value, 0.9 * Logs, 0.99 * Logs));
        Assert.All(sums, s => Assert.Equal(_truth, s.Value / Logs, 0.01));
    }

    [Fact]
    public void Estimates_RewardsAreShifted_OnlyInversePropensitySuffers()
    {
        // A constant added to all rewards says nothing about the policy; self-normalised and doubly robust know.
        var log = Log(new Random(1), 1500);
        var shifted = log.Select(d => d with { Reward = d.Reward + 10 }).ToList();

        Assert.Equal(OffPolicy.SelfNormalised(log, _policy).Value + 10, OffPolicy.SelfNormalised(shifted, _policy).Value, 1e-9);
        Assert.Equal(OffPolicy.SelfNormalised(log, _policy).Error, OffPolicy.SelfNormalised(shifted, _policy).Error, 1e-9);
        Assert.InRange(OffPolicy.DoublyRobust(shifted, _policy).Error, 0, 2 * OffPolicy.DoublyRobust(log, _policy).Error);
        Assert.True(OffPolicy.InversePropensity(shifted, _policy).Error > 5 * OffPolicy.InversePropensity(log, _policy).Error);
    }

    [Fact]
    public void Estimates_PolicyOfTheLogItself_AreItsMean()
    {
        var log = Log(new Random(2), 4000);
        var mean = log.Average(d => d.Reward);

        Assert.Equal(mean, OffPolicy.InversePropensity(log, Policy(_logging)).Value, 1e-9);
        Assert.Equal(mean, OffPolicy.SelfNormalised(log, Policy(_logging)).Value, 1e-9);
        Assert.Equal(mean, OffPolicy.DoublyRobust(log, Policy(_logging)).Value, 0.02);
        Assert.Equal(4000, OffPolicy.EffectiveSize(log, Policy(_logging)), 1e-6);
    }

    [Theory]
    [InlineData("""{"action":"a","propensity":0,"reward":1,"target":{"a":1}}""", "propensity")]
    [InlineData("""{"action":"a","propensity":0.5,"reward":1}""", "target")]
    [InlineData("""{"action":"a","propensity":0.5,"reward":1,"target":{"a":0.5}}""", "add up")]
    [InlineData("""{"action":"a","propensity":0.5,"reward":1,"target":{"a":1.5,"b":-0.5}}""", "between 0 and 1")]
    [InlineData("""{"decision":"d","action":"a","propensity":0.5}""", "target")]
    [InlineData("", "no decision")]
    [InlineData("""{"action":"a","propensity":0.5""", "Line 1")]
    [InlineData("""{"propensity":0.5,"reward":1,"target":{"a":1}}""", "Line 1")]
    public void Read_LineThatIsNoDecision_IsRefusedByName(string line, string named)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, line);

            Assert.Contains(named, Assert.Throws<FormatException>(() => LogFile.Read(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Estimates_LogThatNeverDidWhatThePolicyDoes_SayThatNothingIsKnown()
    {
        var log = Log(new Random(3), 100).Select(d => d with { Target = new Dictionary<string, double> { ["never"] = 1 } }).ToList();

        Assert.All(EvaluateCommand.Estimates(log, _policy), e => Assert.Equal(double.PositiveInfinity, e.Estimate.Error));
    }

    [Fact]
    public void Read_FolderOfADecisionLog_JoinsRewardsAndTakesEachDecisionsOwnTarget()
    {
        var folder = Directory.CreateTempSubdirectory("footprint-log-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "a.2.ndjson"), """
                {"decision":"d1","action":"i1","reward":1}
                {"decision":"d1","action":"i9","reward":1}
                {"decision":"unknown","action":"i1","reward":1}
                """);
            File.WriteAllText(Path.Combine(folder, "a.1.ndjson"), """
                {"decision":"d1","time":"2026-11-22T10:00:00.000Z","place":"home","action":"i1","propensity":0.25,"target":{"i1":1}}
                {"decision":"d2","place":"home","action":"i1","propensity":0.5,"target":{"i2":1}}
                """);

            var (log, policy) = LogFile.Read(folder);

            Assert.Equal([1, 0], log.Select(d => d.Reward));
            Assert.Equal([1, 0], log.Select(policy.Chance));
            Assert.Equal(2, OffPolicy.InversePropensity(log, policy).Value, 1e-9);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [OpenBanditFact]
    public void Estimates_OpenBanditData_HoldWhatThompsonSamplingWasWorth()
    {
        var folder = Environment.GetEnvironmentVariable(OpenBanditFactAttribute.Variable)!;
        foreach (var campaign in new[] { "men", "women" })
        {
            var random = LogFile.ReadOpenBandit(Path.Combine(folder, "random", campaign, campaign + ".csv"));
            var thompson = LogFile.ReadOpenBandit(Path.Combine(folder, "bts", campaign, campaign + ".csv"));
            var own = thompson.Average(d => d.Reward);

            Assert.All(
                EvaluateCommand.Estimates(random, TargetPolicy.OfLog(thompson)),
                e => Assert.True(e.Estimate.Holds(own), $"{campaign}: {e.Name} says {e.Estimate.Low} to {e.Estimate.High}, and it was {own}."));
        }
    }

    private static List<LoggedDecision> Log(Random random, int count)
    {
        var log = new List<LoggedDecision>(count);
        for (var i = 0; i < count; i++)
        {
            var at = random.NextDouble();
            var action = 0;
            while (action < _logging.Length - 1 && at >= _logging[action])
            {
                at -= _logging[action++];
            }

            log.Add(new LoggedDecision("p", $"a{action}", _logging[action], random.NextDouble() < _worth[action] ? 1 : 0));
        }

        return log;
    }

    private static TargetPolicy Policy(double[] chances) => new(new Dictionary<string, IReadOnlyDictionary<string, double>>
    {
        ["p"] = Enumerable.Range(0, chances.Length).ToDictionary(i => $"a{i}", i => chances[i]),
    });
}
