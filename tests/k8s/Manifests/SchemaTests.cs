using Footprint.Grid.K8s.Tests.Processes;

namespace Footprint.Grid.K8s.Tests.Manifests;

/// <summary>Every manifest against Kubernetes' own schemas.</summary>
public sealed class SchemaTests
{
    public static TheoryData<string> Overlays => Kustomize.Overlays;

    // Together, because the compiler that checks them takes longer to start than to check.
    [SchemaFact]
    public async Task Manifests_Rendered_FollowTheSchemas()
    {
        string[] folders = [.. Kustomize.Folders, "k8s/monitoring"];
        var rendered = string.Join("\n---\n", await Task.WhenAll(folders.Select(Kustomize.BuildAsync)).Within("all are rendered"));

        Assert.Equal($"{Yaml.Read(rendered).Count} checked", await CheckAsync(rendered));
    }

    [RenderedTheory]
    [MemberData(nameof(Overlays))]
    public async Task Manifests_Rendered_AskForStableApisOnly(string overlay)
    {
        var all = await Kustomize.RenderAsync(overlay);

        Assert.All(all.Manifests, manifest => Assert.Matches("(^|/)v[0-9]+$", manifest.Text("apiVersion")));
    }

    [SchemaFact]
    public async Task Manifests_WithFaults_AreTold()
    {
        (string Right, string Wrong, string Told)[] faults =
        [
            ("readOnlyRootFilesystem: true", "readonlyRootFilesystem: true", "'\"readonlyRootFilesystem\"' does not exist"),
            ("containerPort: 8080", "containerPort: http", "containerPort must be integer"),
            ("scaleTargetRef:", "scaleTarget:", "must have required property scaleTargetRef"),
        ];
        var rendered = await Kustomize.BuildAsync("k8s/overlays/dev").Within("dev is rendered");
        Assert.All(faults, fault => Assert.Contains(fault.Right, rendered));

        var told = await CheckAsync(faults.Aggregate(rendered, (text, fault) => text.Replace(fault.Right, fault.Wrong, StringComparison.Ordinal)));

        Assert.All(faults, fault => Assert.Contains(fault.Told, told));
    }

    private static async Task<string> CheckAsync(string manifests)
    {
        var result = await Tool.RunAsync("node", ["check.js"], Repository.Path("tests/k8s/js"), manifests);
        return (result.Output + result.Errors).Trim();
    }
}
