namespace Footprint.Grid.Conformance.Processes;

/// <summary>Where the executables of this build lie: beside these tests' own output.</summary>
internal static class BuiltProgram
{
    /// <param name="name">The last part of its assembly's name: Node, Silo, Gateway.</param>
    public static string Path(string name) => System.IO.Path.GetFullPath(System.IO.Path.Combine(
        AppContext.BaseDirectory, "..", "..", $"Footprint.Grid.{name}", new DirectoryInfo(AppContext.BaseDirectory).Name, $"Footprint.Grid.{name}.dll"));
}
