using System.Text.Json;
using Footprint.Grid.Engine;
using Google.Protobuf.WellKnownTypes;

namespace Footprint.Grid.Core.Conditions;

/// <summary>A targeting condition in MongoDB-style JSON, compiled. Immutable and safe from any thread.</summary>
public sealed class Condition
{
    public static Condition Always => throw new NotSupportedException();

    public static Condition Never => throw new NotSupportedException();

    public static Condition Compile(Struct condition, ICollection<Fault> faults, string field = "targeting", IConditionGroups? groups = null) =>
        throw new NotSupportedException();

    public static Condition Compile(JsonElement condition, ICollection<Fault> faults, string field = "targeting", IConditionGroups? groups = null) =>
        throw new NotSupportedException();

    public bool Evaluate(IAttributes attributes) => throw new NotSupportedException();
}
