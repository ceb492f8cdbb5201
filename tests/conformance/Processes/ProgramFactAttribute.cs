namespace Footprint.Grid.Conformance.Processes;

/// <summary>A test that needs programs of others; without them it is skipped, by name and with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProgramFactAttribute : FactAttribute
{
    public ProgramFactAttribute(params string[] programs) => Skip = ReasonToSkip(programs)!;

    /// <summary>Null when all the programs are there.</summary>
    internal static string? ReasonToSkip(string[] programs)
    {
        var missing = programs.Where(program => Tool.Find(program) is null).ToArray();
        return missing.Length == 0 ? null : $"not installed: {string.Join(", ", missing)}";
    }
}
