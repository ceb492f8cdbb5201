namespace Footprint.Grid.Node.Tests.Wire;

/// <summary>The README's walk against a running node.</summary>
[Collection(RunningNodeGroup.Name)]
public sealed class CurlTests(RunningNode node) : CurlConformance
{
    protected override WireTarget Target => node.Settings.Target;
}
