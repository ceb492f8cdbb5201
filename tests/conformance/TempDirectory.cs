namespace Footprint.Grid.Conformance;

/// <summary>A directory of its own for one test, which deletes it at its end.</summary>
public sealed class TempDirectory
{
    public string Path { get; } = Directory.CreateTempSubdirectory("footprint-grid-").FullName;

    public void Delete() => Directory.Delete(Path, recursive: true);
}
