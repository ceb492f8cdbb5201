using System.Text.RegularExpressions;

namespace Footprint.Grid.Architecture.Tests;

/// <summary>contracts ← core ← {embedded, grains, api} ← {node, silo, gateway}; the cluster set never sees embedded or node.</summary>
public sealed partial class ReferenceTests
{
    private static readonly Dictionary<string, string[]> _allowed = new()
    {
        ["contracts"] = [],
        ["core"] = ["contracts"],
        ["embedded"] = ["contracts", "core"],
        ["grains"] = ["contracts", "core"],
        ["api"] = ["contracts", "core", "console"],
        ["node"] = ["contracts", "core", "embedded", "api"],
        ["silo"] = ["contracts", "core", "grains", "api"],
        ["gateway"] = ["contracts", "core", "grains", "api"],
        ["console"] = ["contracts"],
        ["clients"] = ["contracts"],
    };

    [Fact]
    public void Projects_OfTheProduct_ReferOnlyToWhatTheyMaySee()
    {
        var faults = new List<string>();
        foreach (var project in Repository.Projects.Where(IsProduct))
        {
            if (!_allowed.TryGetValue(Repository.Part(project), out var allowed))
            {
                faults.Add($"{project}: no rule says what a project in this folder may refer to");
                continue;
            }

            faults.AddRange(Repository.References(project)
                .Where(reference => !allowed.Contains(Repository.Part(reference)))
                .Select(reference => $"{project} must not refer to {reference}"));
        }

        Assert.Empty(faults);
    }

    [Fact]
    public void Projects_OfTheClusterSet_NeverSeeEmbeddedOrNode()
    {
        var faults = Repository.Projects.Where(Repository.IsCluster)
            .SelectMany(project => Reachable(project).Select(reference => (project, reference)))
            .Where(edge => Repository.Part(edge.reference) is "embedded" or "node")
            .Select(edge => $"{edge.project} reaches {edge.reference}");

        Assert.Empty(faults);
    }

    [Fact]
    public void Projects_OfTheNodeSet_NeverSeeTheClusterSet()
    {
        var faults = Repository.Projects.Where(project => !Repository.IsCluster(project))
            .SelectMany(project => Reachable(project).Select(reference => (project, reference)))
            .Where(edge => Repository.IsCluster(edge.reference))
            .Select(edge => $"{edge.project} reaches {edge.reference}");

        Assert.Empty(faults);
    }

    [Fact]
    public void Packages_OfCoreContractsAndApi_KnowNoEngineAndNoOrleans()
    {
        var faults = Repository.Projects.Where(project => Repository.Part(project) is "contracts" or "core" or "api")
            .SelectMany(project => Repository.ReadXml(project).Descendants("PackageReference").Select(package => (project, id: package.Attribute("Include")!.Value)))
            .Where(use => use.id.StartsWith("Microsoft.Orleans", StringComparison.OrdinalIgnoreCase)
                || use.id is "Microsoft.Data.Sqlite" or "StackExchange.Redis")
            .Select(use => $"{use.project} must not use {use.id}");

        Assert.Empty(faults);
    }

    [Fact]
    public void Packages_OfCore_AreNone()
    {
        var core = Repository.ReadXml("core/Footprint.Grid.Core.csproj");

        Assert.Empty(core.Descendants("PackageReference"));
        Assert.Empty(core.Descendants("FrameworkReference"));
    }

    [Fact]
    public void Packages_InProjects_TakeTheirVersionsFromOnePlace()
    {
        var faults = Repository.Projects
            .Where(project => Repository.ReadXml(project).Descendants("PackageReference").Any(package => package.Attribute("Version") is not null));

        Assert.Empty(faults);
    }

    [Fact]
    public void Sources_OfApi_NameNoOrleans()
    {
        var faults = Repository.Sources.Where(source => Repository.Part(source) is "api" or "core" or "contracts")
            .Where(source => UsingOrleans().IsMatch(Repository.Read(source)));

        Assert.Empty(faults);
    }

    [Fact]
    public void Sources_OfOurs_DeclareNothingInNamespacesOfOthers()
    {
        var declared = Repository.Sources.Where(source => ForeignNamespace().IsMatch(Repository.Read(source)));
        var generated = Repository.Files("*.proto")
            .Where(proto => !Repository.Read(proto).Contains("option csharp_namespace = \"Footprint.Grid.", StringComparison.Ordinal));

        Assert.Empty(declared);
        Assert.Empty(generated);
    }

    [Fact]
    public void NodeFilter_HoldsEveryProjectThatNeedsNoCluster()
    {
        var filter = Repository.Read("Footprint.Grid.Node.slnf");
        var solution = Repository.Read("Footprint.Grid.sln").Replace('\\', '/');

        var misfiled = Repository.Projects.Where(project => filter.Contains($"\"{project}\"", StringComparison.Ordinal) == Repository.IsCluster(project)).ToList();
        var unlisted = Repository.Projects.Where(project => !solution.Contains($"\"{project}\"", StringComparison.Ordinal)).ToList();

        Assert.Empty(misfiled);
        Assert.Empty(unlisted);
    }

    private static bool IsProduct(string project) => Repository.Part(project) is not ("tests" or "bench");

    private static HashSet<string> Reachable(string project)
    {
        var seen = new HashSet<string>();
        var open = new Stack<string>(Repository.References(project));
        while (open.TryPop(out var next))
        {
            if (seen.Add(next))
            {
                foreach (var reference in Repository.References(next))
                {
                    open.Push(reference);
                }
            }
        }

        return seen;
    }

    [GeneratedRegex(@"^\s*(global\s+)?using\s+(static\s+)?Orleans\b", RegexOptions.Multiline)]
    private static partial Regex UsingOrleans();

    [GeneratedRegex(@"^\s*namespace\s+(Orleans|Grpc|Google|Microsoft|System|StackExchange)\b", RegexOptions.Multiline)]
    private static partial Regex ForeignNamespace();
}
