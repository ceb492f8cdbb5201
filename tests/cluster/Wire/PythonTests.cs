namespace Footprint.Grid.Cluster.Tests.Wire;

/// <summary>grpcio for Python against gateway and silos.</summary>
[Collection(RunningClusterGroup.Name)]
public sealed class PythonTests(RunningCluster cluster) : PythonConformance
{
    protected override WireTarget Target => cluster.Cluster.Target();
}
