namespace Footprint.Grid.Node.Tests.Processes;

/// <summary>Likewise a <see cref="ToolFactAttribute"/> with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ToolTheoryAttribute : TheoryAttribute
{
    public ToolTheoryAttribute(params string[] programs) => Skip = ToolFactAttribute.ReasonToSkip(programs)!;
}
