namespace Footprint.Grid.Cluster.Tests.Wire;

/// <summary>What a gateway refuses.</summary>
[Collection(RunningClusterGroup.Name)]
public sealed class CurlErrorTests(RunningCluster cluster) : CurlErrorConformance
{
    protected override WireTarget Target => cluster.Cluster.Target();
}
