using Footprint.Grid.Core.Conditions;
using Footprint.Grid.Engine;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Footprint.Grid.Core.Tests.Conditions;

public class ConditionPropertyTests
{
    private static readonly Config _config = Config.QuickThrowOnFailure.WithMaxTest(500);

    [Fact]
    public void Not_Twice_ChangesNothing()
    {
        Holds(RandomJson.Condition, (condition, document) =>
            Compiled.Holds(condition, document) == Compiled.Holds($$$"""{"$not":{"$not":{{{condition}}}}}""", document));
    }

    [Fact]
    public void Nor_OfTwo_IsAndOfTheirNegations()
    {
        Holds(Pairs, (pair, document) =>
            Compiled.Holds($$"""{"$nor":[{{pair.A}},{{pair.B}}]}""", document)
            == Compiled.Holds($$$"""{"$and":[{"$not":{{{pair.A}}}},{"$not":{{{pair.B}}}}]}""", document));
    }

    [Fact]
    public void And_Negated_IsOrOfNegations()
    {
        Holds(Pairs, (pair, document) =>
            Compiled.Holds($$$"""{"$not":{"$and":[{{{pair.A}}},{{{pair.B}}}]}}""", document)
            == Compiled.Holds($$$"""{"$or":[{"$not":{{{pair.A}}}},{"$not":{{{pair.B}}}}]}""", document));
    }

    [Fact]
    public void AndOr_OfTwo_AreThoseOfTheirResults()
    {
        Holds(Pairs, (pair, document) =>
        {
            bool a = Compiled.Holds(pair.A, document);
            bool b = Compiled.Holds(pair.B, document);
            return Compiled.Holds($$"""{"$and":[{{pair.A}},{{pair.B}}]}""", document) == (a && b)
                && Compiled.Holds($$"""{"$or":[{{pair.A}},{{pair.B}}]}""", document) == (a || b);
        });
    }

    [Fact]
    public void Compile_FromStruct_AgreesWithJson()
    {
        Holds(RandomJson.Condition, (condition, document) =>
        {
            var faults = new List<Fault>();
            Condition compiled = Condition.Compile(JsonParser.Default.Parse<Struct>(condition), faults);
            var attributes = AttributeDocument.From(JsonParser.Default.Parse<Struct>(document));
            return faults.Count == 0 && compiled.Evaluate(attributes) == Compiled.Holds(condition, document);
        });
    }

    [Fact]
    public void Compile_OfAnyJson_GivesFaultsOrACondition()
    {
        Holds(RandomJson.Anything, (json, document) =>
        {
            Condition condition = Compiled.Compile(json, out List<Fault> faults);
            condition.Evaluate(Compiled.Document(document));
            return faults.All(f => f.Field.StartsWith("targeting", StringComparison.Ordinal) && f.Message.Length > f.Field.Length);
        });
    }

    [Fact]
    public void Regex_OfAnyText_GivesAFaultOrMatches()
    {
        Gen<string> pattern =
            from count in Gen.Choose(0, 12)
            from parts in Gen.ListOf(Gen.Elements("a", "\\", "[", "]", "(", ")", "?", "*", "{2}", "{", "}", "-", "^", "$", ".", "|", "\\d", "\\W", "\\u", "1", ":", "<", ">", ",", "é"), count)
            select string.Concat(parts);
        Holds(pattern, (text, document) =>
        {
            string condition = $$$"""{"a":{"$regex":{{{System.Text.Json.JsonSerializer.Serialize(text)}}}}}""";
            Compiled.Compile(condition, out List<Fault> faults).Evaluate(Compiled.Document(document));
            return faults.Count <= 1;
        });
    }

    private static Gen<(string A, string B)> Pairs { get; } = from a in RandomJson.Condition from b in RandomJson.Condition select (a, b);

    private static void Holds<T>(Gen<T> conditions, Func<T, string, bool> property)
    {
        Gen<(T, string)> both = from condition in conditions from document in RandomJson.Document select (condition, document);
        Prop.ForAll(both.ToArbitrary(), pair => property(pair.Item1, pair.Item2)).Check(_config);
    }
}
