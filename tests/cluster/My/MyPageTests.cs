namespace Footprint.Grid.Cluster.Tests.My;

/// <summary>"My footprint" as the cluster's gateway serves it.</summary>
[RequiresTool(RedisProcess.Program)]
[Collection(RunningClusterGroup.Name)]
public sealed class MyPageTests(RunningCluster cluster) : MyPageConformance
{
    protected override WireTarget Target => cluster.Cluster.Target();
}
