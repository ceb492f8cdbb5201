namespace Footprint.Grid.Node.Tests.Processes;

/// <summary>The tests that share a <see cref="RunningNode"/>.</summary>
[CollectionDefinition(Name)]
public sealed class RunningNodeGroup : ICollectionFixture<RunningNode>
{
    public const string Name = "running node";
}
