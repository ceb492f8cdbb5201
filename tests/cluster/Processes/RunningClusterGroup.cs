namespace Footprint.Grid.Cluster.Tests.Processes;

/// <summary>The tests that share a <see cref="RunningCluster"/>.</summary>
[CollectionDefinition(Name)]
public sealed class RunningClusterGroup : ICollectionFixture<RunningCluster>
{
    public const string Name = "running cluster";
}
