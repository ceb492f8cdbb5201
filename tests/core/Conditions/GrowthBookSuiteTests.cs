using System.Text.Json;
using Footprint.Grid.Core.Conditions;
using Footprint.Grid.Engine;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Footprint.Grid.Core.Tests.Conditions;

public class GrowthBookSuiteTests
{
    [GrowthBookFact]
    public void EvalConditionCases_FromJson_AllPass()
    {
        Assert.Empty(Failures((condition, groups) => Condition.Compile(condition, new List<Fault>(), groups: groups)));
    }

    [GrowthBookFact]
    public void EvalConditionCases_FromStruct_AllPass()
    {
        Assert.Empty(Failures((condition, groups) =>
        {
            Struct parsed = JsonParser.Default.Parse<Struct>(condition.GetRawText());
            return Condition.Compile(parsed, new List<Fault>(), groups: groups);
        }));
    }

    private static List<string> Failures(Func<JsonElement, IConditionGroups?, Condition> compile)
    {
        using JsonDocument suite = JsonDocument.Parse(File.ReadAllBytes(GrowthBookFactAttribute.CasesPath!));
        JsonElement cases = suite.RootElement.GetProperty("evalCondition");
        var failures = new List<string>();
        foreach (JsonElement one in cases.EnumerateArray())
        {
            IConditionGroups? groups = one.GetArrayLength() > 4 ? new DocumentGroups(AttributeDocument.From(one[4])) : null;
            bool holds = compile(one[1], groups).Evaluate(AttributeDocument.From(one[2]));
            if (holds != one[3].GetBoolean())
            {
                failures.Add($"{one[0].GetString()}: {holds} for {one[1].GetRawText()} on {one[2].GetRawText()}");
            }
        }

        Assert.True(cases.GetArrayLength() >= 248, $"The suite has only {cases.GetArrayLength()} cases.");
        return failures;
    }
}
