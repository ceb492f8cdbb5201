using Footprint.Grid.Core.Conditions;
using Footprint.Grid.Engine;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf.WellKnownTypes;

namespace Footprint.Grid.Core.Tests.Conditions;

/// <summary>What a condition names, one need look for nowhere else.</summary>
public sealed class ConditionNamesTests
{
    private static readonly string[] _words = ["a", "b", "a,b", "null", "", "c"];

    [Theory]
    [InlineData("""{"topics":"a"}""", "a")]
    [InlineData("""{"topics":{"$elemMatch":{"$eq":"a"}},"x":1}""", "a")]
    [InlineData("""{"$or":[{"topics":{"$in":["a","b"]}},{"topics":{"$all":["c","d"]}}]}""", "a b c")]
    [InlineData("""{"$and":[{"x":1},{"topics":{"$in":["a"]}}]}""", "a")]
    [InlineData("""{"$or":[{"topics":"a"},{"x":1}]}""", null)]
    [InlineData("""{"topics":{"$nin":["a"]}}""", null)]
    [InlineData("""{"$not":{"topics":"a"}}""", null)]
    [InlineData("""{"topics":{"$in":["a",null]}}""", null)]
    [InlineData("""{"topics":"a,b"}""", null)]
    public void Names_TextsOfAPath_AreThoseOrNone(string json, string? expected)
    {
        var texts = new List<string>();

        bool names = Compile(json).Names("topics", texts);

        Assert.Equal(expected is not null, names);
        Assert.Equal(expected ?? "", string.Join(' ', texts));
    }

    [Fact]
    public void Names_AnyCondition_HoldsOfNothingElse() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        Condition condition = Compile($"{{{Any(random, 3)}}}");
        var texts = new List<string>();
        bool names = condition.Names("topics", texts);
        for (int subset = 0; subset < 1 << _words.Length; subset++)
        {
            var one = new Topics([.. _words.Where((_, i) => (subset & (1 << i)) != 0)]);
            Assert.True(!names || !condition.Evaluate(one) || one.Names.Intersect(texts).Any(), $"holds of {string.Join('|', one.Names)}");
        }
    }).QuickCheckThrowOnFailure();

    private static string Any(Random random, int depth)
    {
        string Word() => $"\"{_words[random.Next(_words.Length)]}\"";
        string List() => string.Join(',', Enumerable.Range(0, random.Next(1, 3)).Select(_ => Word()));
        string Nested() => string.Join(',', Enumerable.Range(0, random.Next(1, 3)).Select(_ => $"{{{Any(random, depth - 1)}}}"));
        return random.Next(depth > 0 ? 9 : 5) switch
        {
            0 => $"\"topics\":{Word()}",
            1 => $"\"topics\":{{\"$in\":[{List()}]}}",
            2 => $"\"topics\":{{\"$elemMatch\":{{\"$eq\":{Word()}}}}}",
            3 => $"\"topics\":{{\"$all\":[{List()}]}}",
            4 => $"\"topics\":{{\"$not\":{{\"$in\":[{List()}]}}}}",
            5 => $"\"$and\":[{Nested()}]",
            6 => $"\"$or\":[{Nested()}]",
            7 => $"\"$nor\":[{Nested()}]",
            _ => $"\"$not\":{{{Any(random, depth - 1)}}}",
        };
    }

    private static Condition Compile(string json)
    {
        var faults = new List<Fault>();
        Condition condition = Condition.Compile(Struct.Parser.ParseJson(json), faults);
        Assert.Empty(faults);
        return condition;
    }

    private sealed record Topics(string[] Names) : IAttributes
    {
        public AttributeValue Resolve(AttributePath path) => path.Full == "topics" ? AttributeValue.Of((IReadOnlyList<string>)Names) : AttributeValue.Missing;
    }
}
