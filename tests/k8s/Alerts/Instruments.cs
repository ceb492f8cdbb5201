using System.Text.RegularExpressions;

namespace Footprint.Grid.K8s.Tests.Alerts;

/// <summary>The instruments that the product's sources make, by the names under which Prometheus sees them.</summary>
internal static partial class Instruments
{
    /// <summary>What a node tells.</summary>
    public static IReadOnlySet<string> OfNode { get; } = Of("api", "embedded", "node");

    /// <summary>What silos and gateways tell.</summary>
    public static IReadOnlySet<string> OfCluster { get; } = Of("api", "grains", "silo", "gateway");

    private static HashSet<string> Of(params string[] folders) => [.. folders
        .Select(Repository.Path)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
        .Select(File.ReadAllText)
        .SelectMany(source => Created().Matches(source).SelectMany(Named).Concat(Written().Matches(source).Select(found => found.Groups["name"].Value)))];

    private static IEnumerable<string> Named(Match created)
    {
        var name = created.Groups["name"].Value.Replace('.', '_');
        var unit = created.Groups["unit"].Value switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            ['{', ..] => "",
            var other => throw new InvalidOperationException($"{name} has the unit {other}, of which this reader knows nothing"),
        };
        name = name.EndsWith(unit, StringComparison.Ordinal) ? name : name + unit;
        return created.Groups["kind"].Value switch
        {
            "Counter" or "ObservableCounter" => [name + "_total"],
            "Histogram" => [name + "_bucket", name + "_count", name + "_sum"],
            _ => [name],
        };
    }

    [GeneratedRegex(
        @"\b(?:Create)?(?<kind>(?:Observable)?(?:Counter|Histogram|Gauge|UpDownCounter))(?:<\w+>)?\(\s*""(?<name>footprint\.grid\.[a-z.]+)"""
        + @"(?:,\s*\(\)\s*=>\s*[^""]*)?,\s*""(?<unit>[^""]*)""")]
    private static partial Regex Created();

    // The exposition's own counter is written as text.
    [GeneratedRegex("# TYPE (?<name>footprint_grid_[a-z_]+) counter")]
    private static partial Regex Written();
}
