namespace Footprint.Grid.K8s.Tests;

/// <summary>The files as they lie in the working tree, by paths relative to its root.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Path(string relative) => System.IO.Path.Combine(Root, relative);

    public static string Read(string relative) => File.ReadAllText(Path(relative));

    private static string FindRoot()
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
