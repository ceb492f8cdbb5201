namespace Footprint.Grid.Cluster.Tests.Wire;

/// <summary>Every byte of a call to a gateway.</summary>
[Collection(RunningClusterGroup.Name)]
public sealed class RawGrpcTests(RunningCluster cluster) : RawGrpcConformance
{
    protected override WireTarget Target => cluster.Cluster.Target();
}
