namespace Footprint.Grid.Cluster.Tests.Wire;

/// <summary>The README's walk against gateway and silos.</summary>
[Collection(RunningClusterGroup.Name)]
public sealed class CurlTests(RunningCluster cluster) : CurlConformance
{
    protected override WireTarget Target => cluster.Cluster.Target();
}
