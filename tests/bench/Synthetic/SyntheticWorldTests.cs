using Footprint.Grid.Bench.Accuracy;
using Footprint.Grid.Bench.Synthetic;

namespace Footprint.Grid.Bench.Tests.Synthetic;

public class SyntheticWorldTests
{
    [Fact]
    public void World_SameSeed_IsTheSame()
    {
        var one = new SyntheticWorld(SyntheticSize.Small, 7).Trace;
        var other = new SyntheticWorld(SyntheticSize.Small, 7).Trace;
        var another = new SyntheticWorld(SyntheticSize.Small, 8).Trace;

        Assert.Equal(one.People, other.People);
        Assert.NotEqual(one.People, another.People);
        Assert.Equal(one.Items, other.Items);
    }

    [Fact]
    public void World_KnownTruth_BeatsBothBaselines()
    {
        var world = new SyntheticWorld(SyntheticSize.Small, 7);

        var truth = world.JudgeTruth().HitRate;
        var popularity = PopularityBaseline.Judge(world.Trace).HitRate;
        var neighbours = ItemNeighboursBaseline.Judge(world.Trace).HitRate;

        Assert.True(truth > neighbours, $"truth {truth:F3}, neighbours {neighbours:F3}");
        Assert.True(neighbours > popularity, $"neighbours {neighbours:F3}, popularity {popularity:F3}");
        Assert.True(truth > 3 * popularity, $"truth {truth:F3}, popularity {popularity:F3}");
    }

    [Fact]
    public void World_Acts_NeverRepeatAnItem()
    {
        var trace = new SyntheticWorld(SyntheticSize.Small, 7).Trace;

        Assert.All(trace.People, acts => Assert.Equal(acts.Length, acts.Distinct().Count()));
    }

    [Fact]
    public void Zipf_ManyDraws_FollowTheLaw()
    {
        var zipf = new ZipfSampler(100, 1.0);
        var random = new SplitMix(1);
        var drawn = new int[100];
        const int draws = 1_000_000;
        for (var i = 0; i < draws; i++)
        {
            drawn[zipf.Next(ref random)]++;
        }

        var harmonic = Enumerable.Range(1, 100).Sum(rank => 1.0 / rank);
        for (var rank = 0; rank < 100; rank++)
        {
            var expected = draws / (rank + 1) / harmonic;
            Assert.InRange(drawn[rank], expected - (6 * Math.Sqrt(expected)), expected + (6 * Math.Sqrt(expected)) + 1);
        }
    }
}
