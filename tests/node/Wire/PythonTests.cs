namespace Footprint.Grid.Node.Tests.Wire;

/// <summary>grpcio for Python against a running node.</summary>
[Collection(RunningNodeGroup.Name)]
public sealed class PythonTests(RunningNode node) : PythonConformance
{
    protected override WireTarget Target => node.Settings.Target;
}
