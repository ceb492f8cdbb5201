using System.Text.RegularExpressions;

namespace Footprint.Grid.Architecture.Tests;

/// <summary>Files are small and hold one public type that they are named after.</summary>
public sealed partial class FileShapeTests
{
    private const int MostLines = 300;

    [Fact]
    public void Files_OfCode_HaveAtMostThreeHundredLines()
    {
        var faults = Repository.Sources.Concat(Repository.Files("*.proto"))
            .Select(source => (source, lines: Repository.Read(source).TrimEnd('\n').Split('\n').Length))
            .Where(file => file.lines > MostLines)
            .Select(file => $"{file.source} has {file.lines} lines");

        Assert.Empty(faults);
    }

    [Fact]
    public void Files_OfCode_HoldOnePublicTypeNamedAfterThem()
    {
        var faults = new List<string>();
        foreach (var source in Repository.Sources)
        {
            var types = PublicType().Matches(Repository.Read(source)).Select(found => found.Groups["name"].Value).Distinct().ToList();

            // ClientActor.Log.cs holds a part of ClientActor.
            var name = Path.GetFileName(source).Split('.')[0];
            if (types.Count > 1)
            {
                faults.Add($"{source} holds {string.Join(", ", types)}");
            }
            else if (types.Count == 1 && types[0] != name)
            {
                faults.Add($"{source} holds {types[0]}");
            }
        }

        Assert.Empty(faults);
    }

    [Fact]
    public void Files_OfTheRepository_NameNoPlaceOfASingleMachine()
    {
        var faults = Repository.Sources.Concat(Repository.Projects).Concat(Repository.Files("*.md")).Concat(Repository.Files("*.json"))
            .Where(file => !file.EndsWith("FileShapeTests.cs", StringComparison.Ordinal))
            .Where(file => MachinePath().IsMatch(Repository.Read(file)));

        Assert.Empty(faults);
    }

    // A top-level type stands at the start of its line, namespaces being file-scoped.
    [GeneratedRegex(
        @"^public\s+(?:(?:static|sealed|abstract|partial|readonly|ref|unsafe)\s+)*(?:(?:record\s+(?:class|struct)|class|struct|interface|enum|record)\s+|delegate\s+\S+\s+)(?<name>\w+)",
        RegexOptions.Multiline)]
    private static partial Regex PublicType();

    [GeneratedRegex(@"(?<![\w.])/(root|home/\w+)/\w")]
    private static partial Regex MachinePath();
}
