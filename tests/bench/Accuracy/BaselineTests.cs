using Footprint.Grid.Bench.Accuracy;
using Footprint.Grid.V1;

namespace Footprint.Grid.Bench.Tests.Accuracy;

public class BaselineTests
{
    [Fact]
    public void Popularity_HeldOutIsSecondMostPopularUnseen_RanksSecond()
    {
        // Played: item 0 three times, item 1 twice, item 2 once.
        var trace = Of(3, [0, 1, 2], [0, 1, 2], [0, 2, 1]);

        var counter = PopularityBaseline.Judge(trace);

        // 1 and 2: seen 0 and 1, so 2 is first. 3: seen 0 and 2, so 1 is first.
        Assert.Equal(3, counter.Lists);
        Assert.Equal(1, counter.HitRate);
        Assert.Equal(1, counter.Ndcg);
    }

    [Fact]
    public void Popularity_HeldOutWasSeen_IsAMiss()
    {
        var counter = PopularityBaseline.Judge(Of(2, [0, 0]));

        Assert.Equal(0, counter.HitRate);
    }

    [Fact]
    public void Neighbours_SharedHistory_PutsWhatTheOthersTookFirst()
    {
        // Who took 0 and 1 also took 2; 3 is taken by somebody else altogether.
        var trace = Of(5, [0, 1, 2, 4], [0, 1, 2, 4], [0, 1, 2], [3, 4, 3]);

        var counter = ItemNeighboursBaseline.Judge(trace);

        // Only the third person's held out item can be reached: 4 was held out by the first two.
        Assert.Equal(4, counter.Lists);
        Assert.Equal(0.25, counter.HitRate);
        Assert.Equal(0.25, counter.Ndcg);
    }

    [Fact]
    public void HitCounter_HitsAtRanks_GainByTheirPlace()
    {
        var counter = new HitCounter();

        counter.Add([7, 1, 2], [7]);
        counter.Add([0, 1, 7], [7]);
        counter.Add([0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 7], [7]);
        counter.Add([], [7]);
        counter.Add([0, 1], []);

        Assert.Equal(4, counter.Lists);
        Assert.Equal(0.5, counter.HitRate);
        Assert.Equal((1 + 0.5) / 4, counter.Ndcg, 12);
    }

    [Fact]
    public void HitCounter_SeveralRightAnswers_GainAsAPartOfTheBestList()
    {
        var counter = new HitCounter();

        counter.Add([5, 7, 6], [5, 6, 8]);

        Assert.Equal(1, counter.HitRate);
        Assert.Equal((1 + 0.5) / (1 + (1 / Math.Log2(3)) + 0.5), counter.Ndcg, 12);
    }

    private static Trace Of(int items, params int[][] people) =>
        new("test", [.. Enumerable.Range(0, items).Select(i => new Item { ItemId = $"i{i}" })], people, "view");
}
