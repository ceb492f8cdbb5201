namespace Footprint.Grid.K8s.Tests.Processes;

/// <summary>A test that needs programs of others; without them it is skipped, by name and with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ToolFactAttribute : FactAttribute
{
    public ToolFactAttribute(params string[] programs)
    {
        var missing = programs.Where(program => Tool.Find(program) is null).ToArray();
        Skip = missing.Length == 0 ? null! : $"not installed: {string.Join(", ", missing)}";
    }
}
