namespace Footprint.Grid.Grains.Tests.Support;

/// <summary>A directory of its own for one test, which deletes it at its end.</summary>
internal sealed class TempDirectory
{
    public string Path { get; } = Directory.CreateTempSubdirectory("footprint-grid-").FullName;

    public void Delete() => Directory.Delete(Path, recursive: true);
}
