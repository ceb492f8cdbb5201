namespace Footprint.Grid.Node.Tests.My;

/// <summary>"My footprint" as a node serves it.</summary>
[Collection(RunningNodeGroup.Name)]
public sealed class MyPageTests(RunningNode node) : MyPageConformance
{
    protected override WireTarget Target => node.Settings.Target;
}
