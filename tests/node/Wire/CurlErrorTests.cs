namespace Footprint.Grid.Node.Tests.Wire;

/// <summary>What a running node refuses.</summary>
[Collection(RunningNodeGroup.Name)]
public sealed class CurlErrorTests(RunningNode node) : CurlErrorConformance
{
    protected override WireTarget Target => node.Settings.Target;
}
