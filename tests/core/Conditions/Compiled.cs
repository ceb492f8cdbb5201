using System.Text.Json;
using Footprint.Grid.Core.Conditions;
using Footprint.Grid.Engine;

namespace Footprint.Grid.Core.Tests.Conditions;

/// <summary>Conditions and documents from JSON text.</summary>
internal static class Compiled
{
    public static Condition Sound(string json)
    {
        var condition = Compile(json, out List<Fault> faults);
        Assert.Empty(faults);
        return condition;
    }

    public static List<Fault> Faults(string json)
    {
        Compile(json, out List<Fault> faults);
        return faults;
    }

    public static Condition Compile(string json, out List<Fault> faults, IConditionGroups? groups = null)
    {
        using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 1_000 });
        faults = [];
        return Condition.Compile(document.RootElement, faults, groups: groups);
    }

    public static AttributeDocument Document(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return AttributeDocument.From(document.RootElement);
    }

    public static bool Holds(string condition, string document) => Sound(condition).Evaluate(Document(document));
}
