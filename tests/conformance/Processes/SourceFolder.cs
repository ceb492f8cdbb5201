namespace Footprint.Grid.Conformance.Processes;

/// <summary>Where the sources of this build lie.</summary>
internal static class SourceFolder
{
    private static readonly string _root = Find();

    public static string Path(string relative) => System.IO.Path.Combine(_root, relative);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Footprint.Grid.Node.slnf")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"no Footprint.Grid.Node.slnf above {AppContext.BaseDirectory}");
    }
}
