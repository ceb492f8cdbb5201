using System.Xml.Linq;

namespace Footprint.Grid.Architecture.Tests;

/// <summary>The sources as they lie in the working tree.</summary>
internal static class Repository
{
    private static readonly string[] _notSources = ["artifacts", "bin", "obj", "node_modules", "data", ".git"];

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<string> Projects { get; } = Files("*.csproj");

    public static IReadOnlyList<string> Sources { get; } = Files("*.cs");

    /// <summary>Files under a folder of the repository, as paths relative to its root with forward slashes.</summary>
    public static IReadOnlyList<string> Files(string pattern, string folder = "")
    {
        var files = new List<string>();
        Collect(Path.Combine(Root, folder), pattern, files);
        files.Sort(StringComparer.Ordinal);
        return files;
    }

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static XDocument ReadXml(string path) => XDocument.Load(Path.Combine(Root, path));

    /// <summary>The projects that a project refers to, as paths relative to the root.</summary>
    public static IReadOnlyList<string> References(string project) =>
        [.. ReadXml(project).Descendants("ProjectReference")
            .Select(reference => Path.Combine(Root, Path.GetDirectoryName(project)!, reference.Attribute("Include")!.Value.Replace('\\', '/')))
            .Select(path => Path.GetRelativePath(Root, Path.GetFullPath(path)).Replace('\\', '/'))];

    public static bool IsCluster(string project) =>
        string.Equals(ReadXml(project).Descendants("Cluster").FirstOrDefault()?.Value, "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The first folder of a path: the part of the system that it belongs to.</summary>
    public static string Part(string path) => path.Split('/')[0];

    private static void Collect(string folder, string pattern, List<string> into)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        into.AddRange(Directory.EnumerateFiles(folder, pattern).Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/')));
        foreach (var inner in Directory.EnumerateDirectories(folder).Where(inner => !_notSources.Contains(Path.GetFileName(inner))))
        {
            Collect(inner, pattern, into);
        }
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Footprint.Grid.Node.slnf")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"no Footprint.Grid.Node.slnf above {AppContext.BaseDirectory}");
    }
}
