namespace Footprint.Grid.K8s.Tests.Manifests;

/// <summary>A test of every overlay's rendered manifests; without what renders them it is skipped, by name and with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RenderedTheoryAttribute : TheoryAttribute
{
    public RenderedTheoryAttribute() => Skip = Kustomize.WhySkip!;
}
