namespace Footprint.Grid.Conformance.Processes;

/// <summary>Likewise a <see cref="ProgramFactAttribute"/> with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProgramTheoryAttribute : TheoryAttribute
{
    public ProgramTheoryAttribute(params string[] programs) => Skip = ProgramFactAttribute.ReasonToSkip(programs)!;
}
