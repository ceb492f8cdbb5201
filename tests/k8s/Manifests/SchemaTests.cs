using Footprint.Grid.K8s.Tests.Processes;

namespace Footprint.Grid.K8s.Tests.Manifests;

/// <summary>Every manifest against Kubernetes' own schemas.</summary>
public sealed class SchemaTests
{
    public static TheoryData<string> Overlays => Kustomize.Overlays;

    [SchemaTheory]
    [InlineData("k8s/overlays/dev")]
    [InlineData("k8s/overlays/prod")]
    [InlineData("k8s/monitoring")]
    public async Task Manifests_Rendered_FollowTheSchemas(string folder)
    {
        var rendered = await Kustomize.BuildAsync(folder).Within($"{folder} is rendered");

        Assert.Equal($"{Yaml.Read(rendered).Count} checked", await CheckAsync(rendered));
    }

    [RenderedTheory]
    [MemberData(nameof(Overlays))]
    public async Task Manifests_Rendered_AskForStableApisOnly(string overlay)
    {
        var all = await Kustomize.RenderAsync(overlay);

        Assert.All(all.Manifests, manifest => Assert.Matches("(^|/)v[0-9]+$", manifest.Text("apiVersion")));
    }

    [SchemaTheory]
    [InlineData("readOnlyRootFilesystem: true", "readonlyRootFilesystem: true", "'\"readonlyRootFilesystem\"' does not exist")]
    [InlineData("containerPort: 8080", "containerPort: http", "containerPort must be integer")]
    [InlineData("scaleTargetRef:", "scaleTarget:", "must have required property scaleTargetRef")]
    public async Task Manifests_WithAFault_AreTold(string right, string wrong, string told)
    {
        var rendered = await Kustomize.BuildAsync("k8s/overlays/dev").Within("dev is rendered");
        Assert.Contains(right, rendered);

        Assert.Contains(told, await CheckAsync(rendered.Replace(right, wrong)));
    }

    internal static async Task<string> CheckAsync(string manifests)
    {
        var result = await Tool.RunAsync("node", ["check.js"], Repository.Path("tests/k8s/js"), manifests);
        return (result.Output + result.Errors).Trim();
    }
}
