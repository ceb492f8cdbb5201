using Footprint.Grid.Core.Learning;
using FsCheck;
using FsCheck.Fluent;

namespace Footprint.Grid.Core.Tests.Learning;

public sealed class PairCountsTests
{
    private const int Most = 80;
    private const double Rounding = 1.0 / (1 << 21);

    [Fact]
    public void Set_AnyNumbersAndCounts_FoundAgain() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        // Arrange: numbers that share their low halves, counts from a unit of deltas to what decay makes of a landmark's.
        var random = new Random(seed);
        var counts = new PairCounts();
        var expected = new Dictionary<int, float>();
        for (int i = 0; i < 200; i++)
        {
            int number = random.Next(2) == 0 ? random.Next(8) << 16 | random.Next(20) : random.Next(KnowledgeBase.MaxItems);
            float weight = (float)(random.NextDouble() * double.Exp2(random.Next(-24, 90)));
            int at = counts.Find(number);
            if (at < 0 && counts.Count == Most)
            {
                continue;
            }

            // Act
            counts.Set(at < 0 ? counts.Count : at, number, weight, Most);
            expected[number] = weight;
        }

        // Assert
        Assert.Equal(expected.Count, counts.Count);
        foreach ((int number, float weight) in expected)
        {
            int at = counts.Find(number);
            Assert.Equal(number, counts.Number(at));
            Assert.InRange(counts.Weight(at), weight * (1 - Rounding), weight * (1 + Rounding));
        }

        Assert.Equal(-1, counts.Find(KnowledgeBase.MaxItems + 1));
        Assert.InRange(counts.Weight(counts.Weakest()), 0, expected.Values.Min() * (1 + Rounding));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Clear_ThenSet_HoldsThatAlone()
    {
        var counts = new PairCounts();
        counts.Set(0, 5, 1, Most);
        counts.Set(1, 6, 2, Most);

        counts.Clear();
        counts.Set(0, 6, 3, Most);

        Assert.Equal(1, counts.Count);
        Assert.Equal(-1, counts.Find(5));
        Assert.Equal(3, counts.Weight(counts.Find(6)));
    }
}
