using System.Runtime.Intrinsics;
using Footprint.Grid.Core.Decisions;

namespace Footprint.Grid.Core.Tests.Decisions;

public sealed class ChanceTests
{
    private const int Many = 200_000;

    [Fact]
    public void Normal_EightAtOnce_AreThoseOfEach()
    {
        var random = new Random(1);
        for (int i = 0; i < 1000; i++)
        {
            (ulong seed, uint first) = ((ulong)random.NextInt64(), (uint)random.Next());
            Vector256<float> all = Chance.Normal(seed, Vector256.Create(first) + Vector256<uint>.Indices);
            for (int lane = 0; lane < Vector256<float>.Count; lane++)
            {
                Assert.Equal(Chance.Normal(seed, first + (uint)lane), all[lane]);
            }
        }
    }

    [Theory]
    [InlineData("places of a seed")]
    [InlineData("seeds of a place")]
    [InlineData("seeds next to each other")]
    public void Normal_OfMany_IsStandardAndOfNoOtherUse(string which)
    {
        var random = new Random(2);
        double[] drawn = [.. Enumerable.Range(0, Many).Select(i => (double)(which switch
        {
            "places of a seed" => Chance.Normal(0x1234_5678_9ABC_DEF0, (uint)i),
            "seeds of a place" => Chance.Normal((ulong)random.NextInt64(), 7),
            _ => Chance.Normal((ulong)i, 7),
        }))];

        // Five deviations of each estimate; a normal fourth moment is 3, that of four uniform numbers 3 - 6 / 20.
        double error = 5 / Math.Sqrt(Many);
        Assert.InRange(drawn.Average(), -error, error);
        Assert.InRange(drawn.Average(x => x * x), 1 - (2 * error), 1 + (2 * error));
        Assert.InRange(drawn.Average(x => x * x * x * x), 2.7 - (10 * error), 2.7 + (10 * error));
        Assert.InRange(drawn.Zip(drawn.Skip(1), (x, next) => x * next).Average(), -error, error);
        Assert.InRange(drawn.Zip(drawn.Skip(1), (x, next) => x * x * next * next).Average(), 1 - (5 * error), 1 + (5 * error));
    }
}
