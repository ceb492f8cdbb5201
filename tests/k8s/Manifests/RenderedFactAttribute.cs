namespace Footprint.Grid.K8s.Tests.Manifests;

/// <summary>A test of rendered manifests; without what renders them it is skipped, by name and with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RenderedFactAttribute : FactAttribute
{
    public RenderedFactAttribute() => Skip = Kustomize.WhySkip!;
}
