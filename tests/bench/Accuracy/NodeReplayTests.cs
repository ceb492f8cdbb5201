using Footprint.Grid.Bench.Accuracy;
using Footprint.Grid.Bench.Processes;
using Footprint.Grid.Bench.Synthetic;

namespace Footprint.Grid.Bench.Tests.Accuracy;

public class NodeReplayTests
{
    // What the grid must make of interests that it was never told: popularity alone hits every twelfth time here.
    private const double ByPopularity = 2.5;

    [Fact]
    public async Task Replay_TrafficWithAKnownTruth_HitsFarMoreThanPopularityAndLessThanTheTruth()
    {
        await Task.Run(() =>
        {
            var world = new SyntheticWorld(SyntheticSize.Small, 1);
            using var node = NodeProcess.Start();

            var result = AccuracyRun.Run(node.Address, node.Metrics, NodeProcess.ApiKey, world.Trace, TimeProvider.System.GetUtcNow(), seed: 1);

            var truth = world.JudgeTruth();
            Assert.Equal(world.Trace.People.Count, result.Grid.Lists);
            Assert.Equal(0, result.NotPersonal);
            Assert.True(result.Grid.HitRate > ByPopularity * result.Popularity.HitRate, $"the grid {result.Grid.HitRate:F3}, popularity {result.Popularity.HitRate:F3}");
            Assert.True(result.Grid.HitRate < truth.HitRate, $"the grid {result.Grid.HitRate:F3}, the truth {truth.HitRate:F3}");
        }).WaitAsync(TimeSpan.FromMinutes(5));
    }

    [MovieLensFact]
    public async Task Accuracy_MovieLens_ReachesTheAim()
    {
        await Task.Run(() =>
        {
            var trace = MovieLensFile.Read(Environment.GetEnvironmentVariable(MovieLensFactAttribute.Variable)!, validation: false);
            using var node = NodeProcess.Start();

            var result = AccuracyRun.Run(node.Address, node.Metrics, NodeProcess.ApiKey, trace, TimeProvider.System.GetUtcNow(), seed: 1);

            Assert.InRange(result.Grid.Ndcg, 0.435, 1);
            Assert.True(result.Grid.Ndcg > result.Neighbours.Ndcg && result.Grid.Ndcg > result.Popularity.Ndcg);
        }).WaitAsync(TimeSpan.FromMinutes(10));
    }
}
