using System.Text.Json;
using Footprint.Grid.Core.Conditions;
using Footprint.Grid.Engine;

namespace Footprint.Grid.Core.Tests.Conditions;

public class PatternTests
{
    [Theory]
    [InlineData("a$", "a\n", false)]
    [InlineData("^a.b$", "a\u2028b", false)]
    [InlineData("^a.b$", "a\u0085b", true)]
    [InlineData(@"^\d+$", "123", true)]
    [InlineData(@"^\d+$", "١٢٣", false)]
    [InlineData(@"^[\d-x]+$", "1-x", true)]
    [InlineData(@"^[a-\d]+$", "a-5", true)]
    [InlineData(@"^\w+$", "naïve", false)]
    [InlineData(@"^[\W]$", "ï", true)]
    [InlineData(@"^[\S]+$", "a\u00a0", false)]
    [InlineData(@"^\s$", "\ufeff", true)]
    [InlineData(@"^[\D]$", "5", false)]
    [InlineData(@"^[a-z-[aeiou]]$", "a]", true)]
    [InlineData("^[[]$", "[", true)]
    [InlineData("^[^]$", "\n", true)]
    [InlineData("[]", "x", false)]
    [InlineData(@"^(?<year>[0-9]{4})\/x{2,}$", "2026/xxx", true)]
    [InlineData("^a{,3}$", "a{,3}", true)]
    [InlineData(@"^\u0041\x42\cJ$", "AB\n", true)]
    [InlineData(@"^\#\ $", "# ", true)]
    [InlineData(@"^a#b c$", "a#b c", true)]
    [InlineData(@"^\*\.\[\]$", "*.[]", true)]
    [InlineData("", "anything", true)]
    [InlineData("^nul", null, true)]
    public void Regex_WhereNetDiffers_MatchesAsEcmaScript(string pattern, string? text, bool expected)
    {
        Condition condition = Compiled.Sound($$$"""{"a":{"$regex":{{{JsonSerializer.Serialize(pattern)}}}}}""");

        Assert.Equal(expected, condition.Evaluate(Compiled.Document($$"""{"a":{{JsonSerializer.Serialize(text)}}}""")));
    }

    [Theory]
    [InlineData("(")]
    [InlineData("a**")]
    [InlineData("[a")]
    [InlineData("[b-a]")]
    [InlineData(@"(a)\1")]
    [InlineData(@"\k<n>")]
    [InlineData("a(?=b)")]
    [InlineData("(?<!a)b")]
    [InlineData("(?i)a")]
    [InlineData("(?>a)")]
    [InlineData(@"\p{L}")]
    [InlineData(@"\A")]
    [InlineData(@"\u12")]
    [InlineData(@"\")]
    [InlineData(@"(?<name")]
    [InlineData("(a{10}){11}")]
    [InlineData("a{102}")]
    [InlineData("((a{2}){2}){999999999999}")]
    [InlineData("a{3,2}")]
    public void Regex_ThatCannotBe_IsAFaultAndNeverHolds(string pattern)
    {
        Condition condition = Compiled.Compile($$$"""{"a":{"$regex":{{{JsonSerializer.Serialize(pattern)}}}}}""", out List<Fault> faults);

        Assert.Equal("targeting.a.$regex", Assert.Single(faults).Field);
        Assert.False(condition.Evaluate(Compiled.Document("""{"a":"ab"}""")));
    }

    [Fact]
    public void Regex_ThatExplodesElsewhere_EndsInLinearTime()
    {
        // A backtracking matcher would need 2^4000 steps here, and the test would not end.
        Condition condition = Compiled.Sound("""{"a":{"$regex":"^(a+)+$"}}""");

        Assert.False(condition.Evaluate(Compiled.Document($$"""{"a":"{{new string('a', 4_000)}}b"}""")));
    }

    [Fact]
    public void Regex_OnATextPastItsBound_NeverMatches()
    {
        Condition condition = Compiled.Sound("""{"a":{"$regex":"x{101}"}}""");

        Assert.True(condition.Evaluate(Compiled.Document($$"""{"a":"{{new string('x', ConditionLimits.MaxRegexText)}}"}""")));
        Assert.False(condition.Evaluate(Compiled.Document($$"""{"a":"{{new string('x', ConditionLimits.MaxRegexText + 1)}}"}""")));
    }

    [Fact]
    public void Regex_OneTooManyOrTooLong_IsAFault()
    {
        string Many(int count) => $$"""{"$and":[{{string.Join(',', Enumerable.Repeat("""{"a":{"$regex":"x"}}""", count))}}]}""";
        string Long(int length) => $$$"""{"a":{"$regexi":"{{{new string('x', length)}}}"}}""";

        Assert.Empty(Compiled.Faults(Many(ConditionLimits.MaxRegexes)));
        Assert.Equal($"{ConditionLimits.MaxRegexes}", Assert.Single(Compiled.Faults(Many(ConditionLimits.MaxRegexes + 1))).Limit);
        Assert.Empty(Compiled.Faults(Long(ConditionLimits.MaxRegexLength)));
        Assert.Equal($"{ConditionLimits.MaxRegexLength}", Assert.Single(Compiled.Faults(Long(ConditionLimits.MaxRegexLength + 1))).Limit);
    }
}
