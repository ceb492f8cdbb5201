using Footprint.Grid.Core.Conditions;
using Footprint.Grid.Engine;
using Google.Protobuf.WellKnownTypes;

namespace Footprint.Grid.Core.Tests.Conditions;

public class ConditionTests
{
    [Theory]
    [InlineData("""{"a":"null"}""", """{}""", true)]
    [InlineData("""{"a":"12"}""", """{"a":12}""", true)]
    [InlineData("""{"a":"12.0"}""", """{"a":12}""", false)]
    [InlineData("""{"a":"1e+21"}""", """{"a":1e21}""", true)]
    [InlineData("""{"a":"0.000001"}""", """{"a":1e-6}""", true)]
    [InlineData("""{"a":"1e-7"}""", """{"a":1e-7}""", true)]
    [InlineData("""{"a":"1,x,,true,2,3"}""", """{"a":[1,"x",null,true,[2,3]]}""", true)]
    [InlineData("""{"a":"[object Object]"}""", """{"a":{"b":1}}""", true)]
    [InlineData("""{"a":"true"}""", """{"a":true}""", true)]
    [InlineData("""{"a":0}""", """{}""", true)]
    [InlineData("""{"a":0}""", """{"a":""}""", true)]
    [InlineData("""{"a":16}""", """{"a":" 0x10\n"}""", true)]
    [InlineData("""{"a":5}""", """{"a":[[5]]}""", true)]
    [InlineData("""{"a":1}""", """{"a":[true]}""", false)]
    [InlineData("""{"a":1}""", """{"a":true}""", true)]
    [InlineData("""{"a":12}""", """{"a":"12px"}""", false)]
    [InlineData("""{"a":true}""", """{"a":"x"}""", true)]
    [InlineData("""{"a":true}""", """{"a":""}""", false)]
    [InlineData("""{"a":false}""", """{"a":0}""", true)]
    public void PlainValue_OfAnotherKind_IsConverted(string condition, string document, bool expected)
    {
        Assert.Equal(expected, Compiled.Holds(condition, document));
    }

    [Theory]
    [InlineData("""{"a":{"$eq":1}}""", """{"a":"1"}""", false)]
    [InlineData("""{"a":{"$eq":null}}""", """{}""", true)]
    [InlineData("""{"a":{"$eq":"x"}}""", """{"a":["x"]}""", false)]
    [InlineData("""{"a":{"$ne":"x"}}""", """{"a":["x"]}""", true)]
    [InlineData("""{"a":{"$in":[null]}}""", """{}""", true)]
    [InlineData("""{"a":{"$in":["1"]}}""", """{"a":1}""", false)]
    [InlineData("""{"a":{"$in":[true,2]}}""", """{"a":[3,true]}""", true)]
    [InlineData("""{"a":{"$ini":["STRASSE"]}}""", """{"a":"straSSe"}""", true)]
    [InlineData("""{"a":{"$alli":["null"]}}""", """{"a":[null]}""", true)]
    [InlineData("""{"a":{"$lt":"b"}}""", """{"a":["a","z"]}""", true)]
    [InlineData("""{"a":{"$gt":"10"}}""", """{"a":9}""", false)]
    [InlineData("""{"a":{"$gt":"10"}}""", """{"a":"9"}""", true)]
    [InlineData("""{"a":{"$lte":0}}""", """{}""", true)]
    [InlineData("""{"a":{"$gte":0}}""", """{"a":{"b":1}}""", false)]
    [InlineData("""{"a":{"$exists":0}}""", """{"a":null}""", true)]
    [InlineData("""{"a":{"$size":2}}""", """{"a":[1,2]}""", true)]
    [InlineData("""{"a":{"$elemMatch":{"$gte":0}}}""", """{"a":[0]}""", false)]
    [InlineData("""{"a":{"$elemMatch":{}}}""", """{"a":["x"]}""", true)]
    [InlineData("""{"a":{"$elemMatch":{"0":7}}}""", """{"a":[[7]]}""", true)]
    [InlineData("""{"a":{"$elemMatch":{"$or":[{"b":1},{"b":2}],"c":3}}}""", """{"a":[{"b":2,"c":3}]}""", true)]
    [InlineData("""{"a.1.b":5}""", """{"a":[0,{"b":5}]}""", true)]
    [InlineData("""{"a.01":5}""", """{"a":[0,5]}""", false)]
    [InlineData("""{"a":{"b":1,"c":[2]}}""", """{"a":{"c":[2],"b":1}}""", true)]
    [InlineData("""{"a":{"b":null}}""", """{"a":{"c":null}}""", false)]
    [InlineData("""{"a":{"$vgt":1.5}}""", """{"a":1.6}""", true)]
    [InlineData("""{"a":{"$vlt":"0.1"}}""", """{"a":true}""", true)]
    public void Operator_AtItsEdges_FollowsEcmaScript(string condition, string document, bool expected)
    {
        // The $elemMatch with both $or and a name mixes nothing: an element's condition is a whole document's.
        Condition compiled = Compiled.Compile(condition, out _);

        Assert.Equal(expected, compiled.Evaluate(Compiled.Document(document)));
    }

    [Theory]
    [InlineData("""{"a":{"b":{"$regx":"x"}}}""", null)]
    [InlineData("""{"a":{"$regx":"x"}}""", "targeting.a.$regx")]
    [InlineData("""{"$and":[{},{"a":{"$not":{"$regex":"("}}}]}""", "targeting.$and[1].a.$not.$regex")]
    [InlineData("""{"a":{"$all":[1,{"$foo":2}]}}""", "targeting.a.$all[1].$foo")]
    [InlineData("""{"$or":{}}""", "targeting.$or")]
    [InlineData("""{"$not":[1]}""", "targeting.$not")]
    [InlineData("""{"$nor":[5]}""", "targeting.$nor[0]")]
    [InlineData("""{"$gt":5}""", "targeting.$gt")]
    [InlineData("""{"a":{"$gt":5,"b":1}}""", "targeting.a")]
    [InlineData("""{"a":{"$in":5}}""", "targeting.a.$in")]
    [InlineData("""{"a":{"$in":[[]]}}""", "targeting.a.$in")]
    [InlineData("""{"a":{"$eq":[]}}""", "targeting.a.$eq")]
    [InlineData("""{"a":{"$type":"date"}}""", "targeting.a.$type")]
    [InlineData("""{"a":{"$inGroup":5}}""", "targeting.a.$inGroup")]
    [InlineData("""{"a":{"$elemMatch":"x"}}""", "targeting.a.$elemMatch")]
    [InlineData("""{"a":{"$regex":5}}""", "targeting.a.$regex")]
    [InlineData("""{"a":{"$veq":[1]}}""", "targeting.a.$veq")]
    [InlineData("""[]""", "targeting")]
    public void Compile_OfAMistake_NamesItsPath(string condition, string? field)
    {
        List<Fault> faults = Compiled.Faults(condition);

        Assert.Equal(field is null ? [] : [field], faults.Select(f => f.Field));
        Assert.All(faults, f => Assert.StartsWith(f.Field, f.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Compile_OfManyMistakes_ReportsEach()
    {
        List<Fault> faults = Compiled.Faults("""{"a":{"$x":1,"$regex":"["},"b":{"$y":1}}""");

        Assert.Equal(["targeting.a.$x", "targeting.a.$regex", "targeting.b.$y"], faults.Select(f => f.Field));
    }

    [Fact]
    public void Compile_AtTheDepthLimit_IsSoundAndPastItIsNot()
    {
        // Each $not is one level, the innermost object another.
        string Nested(int depth) => string.Concat(Enumerable.Repeat("""{"$not":""", depth - 1)) + "{}" + new string('}', depth - 1);

        Assert.Empty(Compiled.Faults(Nested(ConditionLimits.MaxDepth)));
        Fault fault = Assert.Single(Compiled.Faults(Nested(ConditionLimits.MaxDepth + 1)));
        Assert.Equal($"{ConditionLimits.MaxDepth}", fault.Limit);
    }

    [Fact]
    public void Compile_PastTheNumberOfValues_IsRefusedWhole()
    {
        // The object, the operators and the list are three values beside the elements.
        string Listed(int values) => $$$"""{"a":{"$in":[{{{string.Join(',', Enumerable.Range(0, values - 3))}}}]}}""";

        Assert.Empty(Compiled.Faults(Listed(ConditionLimits.MaxValues)));
        Fault fault = Assert.Single(Compiled.Faults(Listed(ConditionLimits.MaxValues + 1)));
        Assert.Equal($"{ConditionLimits.MaxValues}", fault.Limit);
    }

    [Fact]
    public void Compile_OfANumberThatIsNotFinite_IsAFault()
    {
        var condition = new Struct { Fields = { ["a"] = Value.ForNumber(double.NaN) } };
        var faults = new List<Fault>();

        Condition compiled = Condition.Compile(condition, faults, "lineItems[0].targeting");

        Assert.Equal("lineItems[0].targeting.a", Assert.Single(faults).Field);
        Assert.False(compiled.Evaluate(AttributeDocument.Empty));
    }

    [Fact]
    public void Compile_OfMoreFaultsThanItReports_StopsAtItsLimit()
    {
        string condition = $$$"""{"a":{{{{string.Join(',', Enumerable.Range(0, 100).Select(i => $"\"$x{i}\":1"))}}}}}""";

        Assert.Equal(ConditionLimits.MaxFaults, Compiled.Faults(condition).Count);
    }

    [Fact]
    public void Evaluate_OfCommonOperators_DoesNotAllocate()
    {
        Condition condition = Compiled.Sound("""
            {"traits.country":{"$ini":["de","FR"]},"age":{"$gte":18,"$lt":65},"name":"42","tags":{"$all":["a","b"]},
             "tags.0":{"$regex":"^[a-c]$"},"version":{"$vgte":"1.2.3"},"$or":[{"list":"1,2"},{"x":{"$exists":true}}],"n":{"$regex":"4"}}
            """);
        AttributeDocument document = Compiled.Document(
            """{"traits":{"country":"DE"},"age":"30","name":42,"tags":["a","b"],"version":"v1.10.0","list":[1,2],"n":42.5}""");
        Assert.True(condition.Evaluate(document));

        // Code that the runtime has not optimized yet boxes here and there; the first round without it is the proof.
        long least = long.MaxValue;
        for (int round = 0; round < 2_000 && least > 0; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            condition.Evaluate(document);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }
}
