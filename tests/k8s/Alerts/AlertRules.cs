using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Footprint.Grid.K8s.Tests.Manifests;

namespace Footprint.Grid.K8s.Tests.Alerts;

/// <summary>The committed alerts.</summary>
internal static partial class AlertRules
{
    private static readonly JsonObject _file = Assert.Single(Yaml.Read(Repository.Read("k8s/monitoring/alerts.yaml")));

    /// <summary>What a rules file of Prometheus holds; JSON is YAML.</summary>
    public static string Plain => _file.At("spec")!.ToJsonString();

    public static IReadOnlyList<JsonNode> All { get; } = [.. _file.Each("spec", "groups").SelectMany(group => group.Each("rules"))];

    /// <summary>The metrics that an expression reads.</summary>
    public static IEnumerable<string> Metrics(string expression) =>
        Metric().Matches(Quoted().Replace(Grouping().Replace(expression, ""), "")).Select(found => found.Value).Distinct();

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\bby \([^)]*\)")]
    private static partial Regex Grouping();

    // Every metric that we name has an underscore or is "up"; a label stands before = or !.
    [GeneratedRegex(@"\b(up|[a-z][a-z0-9]*(_[a-z0-9]+)+)\b(?!\s*[=(!])")]
    private static partial Regex Metric();
}
