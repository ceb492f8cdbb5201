namespace Footprint.Grid.Cluster.Tests.Wire;

/// <summary>@grpc/grpc-js against gateway and silos.</summary>
[Collection(RunningClusterGroup.Name)]
public sealed class GrpcJsTests(RunningCluster cluster) : GrpcJsConformance
{
    protected override WireTarget Target => cluster.Cluster.Target();
}
