using Footprint.Grid.K8s.Tests.Processes;

namespace Footprint.Grid.K8s.Tests.Manifests;

/// <summary>A test against Kubernetes' schemas, which come by npm; without them it is skipped, by name and with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SchemaFactAttribute : FactAttribute
{
    public SchemaFactAttribute() => Skip =
        Tool.Find("node") is null ? "not installed: node"
        : !Directory.Exists(Repository.Path("tests/k8s/js/node_modules")) ? "not installed: npm ci in tests/k8s/js"
        : Kustomize.WhySkip!;
}
