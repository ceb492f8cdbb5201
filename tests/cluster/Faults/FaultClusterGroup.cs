namespace Footprint.Grid.Cluster.Tests.Faults;

/// <summary>The tests that share a <see cref="FaultCluster"/>: alone on the machine, because some of them compare times.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class FaultClusterGroup : ICollectionFixture<FaultCluster>
{
    public const string Name = "fault cluster";
}
