using Footprint.Grid.Core.Campaigns;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Footprint.Grid.Core.Tests.Campaigns;

public class ConditionCacheTests
{
    [Fact]
    public void Find_TheSameContentAgain_GivesTheSameCondition()
    {
        var cache = new ConditionCache(4);

        Assert.Same(cache.Find(Is(1)), cache.Find(Is(1)));
        Assert.NotSame(cache.Find(Is(1)), cache.Find(Is(2)));
    }

    [Fact]
    public void Find_AMessageThatIsChangedLater_KeepsWhatItWas()
    {
        var cache = new ConditionCache(4);
        Struct source = Is(1);
        var before = cache.Find(source);

        source.Fields["a"] = Value.ForNumber(2);

        Assert.Same(before, cache.Find(Is(1)));
        Assert.NotSame(before, cache.Find(source));
    }

    [Fact]
    public void Find_OfManyConditions_KeepsTwoGenerationsAndTheUsedOnes()
    {
        var cache = new ConditionCache(4);
        var used = cache.Find(Is(0));
        for (int i = 1; i < 100; i++)
        {
            cache.Find(Is(i));
            Assert.Same(used, cache.Find(Is(0)));
            Assert.InRange(cache.Count, 1, 8);
        }
    }

    [Fact]
    public void Find_OfAConditionWithFaults_IsNullAndKeepsNothing()
    {
        var cache = new ConditionCache(4);

        Assert.Null(cache.Find(JsonParser.Default.Parse<Struct>("""{"a":{"$wrong":1}}""")));
        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public void Find_OfAHugeCondition_KeepsNothing()
    {
        var cache = new ConditionCache(4);
        var huge = new Struct { Fields = { ["a"] = Value.ForString(new string('x', 5_000)) } };

        Assert.NotNull(cache.Find(huge));
        Assert.Equal(0, cache.Count);
    }

    private static Struct Is(double number) => new() { Fields = { ["a"] = Value.ForNumber(number) } };
}
