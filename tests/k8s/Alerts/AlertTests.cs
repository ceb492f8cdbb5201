using System.Text.RegularExpressions;
using Footprint.Grid.K8s.Tests.Manifests;
using Footprint.Grid.K8s.Tests.Processes;

namespace Footprint.Grid.K8s.Tests.Alerts;

/// <summary>An alert can fire, keeps quiet when all is well, and somebody who is woken by it finds out what to do.</summary>
public sealed partial class AlertTests
{
    private const string Document = "docs/operations.md";

    /// <summary>What Prometheus, the runtime and kube-state-metrics bring.</summary>
    private static readonly string[] _ofOthers =
    [
        "up", "dotnet_process_memory_working_set_bytes", "kube_deployment_spec_replicas", "kube_deployment_status_replicas_ready",
        "kube_horizontalpodautoscaler_spec_max_replicas", "kube_horizontalpodautoscaler_status_current_replicas",
        "kube_pod_container_resource_limits",
    ];

    [Fact]
    public void Alerts_AndTheDocument_NameTheSame()
    {
        var told = Heading().Matches(Repository.Read(Document)).Select(found => found.Groups["alert"].Value);

        Assert.Equal(AlertRules.All.Select(rule => rule.Text("alert")!), told);
    }

    [Fact]
    public void Alerts_ByTheirMetrics_ReadOnlyWhatTheProductTells()
    {
        var read = AlertRules.All.SelectMany(rule => AlertRules.Metrics(rule.Text("expr")!)).Distinct().ToList();

        Assert.Contains("footprint_grid_commit_duration_seconds_bucket", read);
        Assert.Empty(read.Except(_ofOthers).Except(Instruments.OfNode).Except(Instruments.OfCluster));
        Assert.Empty(_ofOthers.Except(read));
    }

    // An alert that cannot fire in a cluster lulls whoever runs one.
    [Fact]
    public void Alerts_ThatTheDocumentKeepsToNoEngine_ReadWhatAClusterTells()
    {
        var ofNode = Heading().Matches(Repository.Read(Document)).Where(found => found.Groups["node"].Success)
            .Select(found => found.Groups["alert"].Value).ToHashSet();
        var lulling = AlertRules.All.Where(rule => !ofNode.Contains(rule.Text("alert")!))
            .Where(rule => AlertRules.Metrics(rule.Text("expr")!).Except(_ofOthers).Except(Instruments.OfCluster).Any())
            .Select(rule => rule.Text("alert"));

        Assert.Empty(lulling);
    }

    [Fact]
    public void Instruments_ReadFromTheSources_AreThoseThatAreKnownToBeThere()
    {
        Assert.Contains("footprint_grid_requests_total", Instruments.OfNode);
        Assert.Contains("footprint_grid_quarantined", Instruments.OfNode);
        Assert.Contains("footprint_grid_knowledge_staleness_seconds", Instruments.OfNode);
        Assert.DoesNotContain("footprint_grid_requests", Instruments.OfNode);
    }

    [Fact]
    public void Document_ByTheMetricsItNames_NamesOnlyWhatTheProductTells()
    {
        var named = OwnMetric().Matches(Repository.Read(Document)).Select(found => found.Value).ToList();

        Assert.NotEmpty(named);
        Assert.Empty(named.Except(Instruments.OfNode).Except(Instruments.OfCluster));
    }

    [Fact]
    public void Alerts_All_SayHowBadAndWhat() => Assert.All(AlertRules.All, rule =>
    {
        Assert.Contains(rule.Text("labels", "severity"), (string?[])["warning", "critical"]);
        Assert.NotEmpty(rule.Text("annotations", "summary")!);
    });

    [ToolFact("promtool")]
    public async Task Alerts_OverSeriesOfAHealthyAndOfASickCluster_FireWhenTheyShould()
    {
        const string Tests = "tests/k8s/alerts/alerts.test.yaml";
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("rules.yaml"), AlertRules.Plain);
        File.Copy(Repository.Path(Tests), folder.File("alerts.test.yaml"));

        Assert.Contains("SUCCESS", (await Tool.RunAsync("promtool", ["check", "rules", "rules.yaml"], folder.Path)).Succeeded());
        Assert.Contains("SUCCESS", (await Tool.RunAsync("promtool", ["test", "rules", "alerts.test.yaml"], folder.Path)).Succeeded());

        // Each alert is among those that must fire there.
        Assert.All(AlertRules.All, rule => Assert.Contains($"alertname=\"{rule.Text("alert")}\"", Repository.Read(Tests)));
    }

    [GeneratedRegex("^### `(?<alert>FootprintGrid\\w+)`(?<node> \\(node\\))?$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("\\bfootprint_grid_[a-z_]+\\b")]
    private static partial Regex OwnMetric();
}
