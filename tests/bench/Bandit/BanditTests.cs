using Footprint.Grid.Bench.Bandit;
using Footprint.Grid.V1;

namespace Footprint.Grid.Bench.Tests.Bandit;

public sealed class BanditTests
{
    private const int Rounds = 6000;

    [Theory]
    [InlineData("Steady")]
    [InlineData("Drift")]
    [InlineData("Delayed")]
    public void Regret_LearningPlacement_AtMostSixTenthsOfTheBaselines(string kind)
    {
        var regret = new Dictionary<string, double>();
        for (ulong seed = 100; seed < 104; seed++)
        {
            var world = new BanditWorld(Enum.Parse<BanditWorldKind>(kind), Rounds, seed);
            foreach (var policy in BanditCommand.Policies(world, Rounds, seed))
            {
                regret[policy.Name] = regret.GetValueOrDefault(policy.Name) + BanditRun.Regret(world, policy, Rounds, seed);
            }
        }

        var grid = regret["the grid, EXPLORE"];
        Assert.InRange(grid, 1, BanditCommand.Target * regret["epsilon-greedy (0.1)"]);
        Assert.InRange(grid, 1, BanditCommand.Target * regret["Beta Thompson sampling by item"]);
        Assert.InRange(grid, 1, regret["the best constant page"]);
        Assert.InRange(grid, 1, regret["the grid, fixed ranking"]);
    }

    /// <summary>Were young picks taken for not liked, it would be worse than not to learn: 1.7 times as much.</summary>
    [Fact]
    public void Regret_PagesWhoseOutcomesComeDaysLate_LessThanTheFixedRankings()
    {
        (double exploring, double unlearned) = (0, 0);
        for (ulong seed = 0; seed < 2; seed++)
        {
            var world = new BanditWorld(BanditWorldKind.PagesDaysLate, Rounds, seed);
            exploring += BanditRun.Regret(world, new GridPolicy(world, Placement.Types.Learning.Explore, seed), Rounds, seed);
            unlearned += BanditRun.Regret(world, new GridPolicy(world, Placement.Types.Learning.Observe, seed), Rounds, seed);
        }

        Assert.InRange(exploring, 1, unlearned);
    }

    [Fact]
    public void Percentages_WorldWithoutSignal_NeverStatedAsCalibrated()
    {
        for (ulong seed = 0; seed < 3; seed++)
        {
            var policy = new GridPolicy(new BanditWorld(BanditWorldKind.NoSignal, Rounds, seed), Placement.Types.Learning.Explore, seed);

            BanditRun.Regret(new BanditWorld(BanditWorldKind.NoSignal, Rounds, seed), policy, Rounds, seed);

            Assert.False(policy.HasCalibrated);
        }
    }
}
