namespace Footprint.Grid.Node.Tests.Wire;

/// <summary>Every byte of a call to a running node.</summary>
[Collection(RunningNodeGroup.Name)]
public sealed class RawGrpcTests(RunningNode node) : RawGrpcConformance
{
    protected override WireTarget Target => node.Settings.Target;
}
