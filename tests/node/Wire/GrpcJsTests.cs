namespace Footprint.Grid.Node.Tests.Wire;

/// <summary>@grpc/grpc-js against a running node.</summary>
[Collection(RunningNodeGroup.Name)]
public sealed class GrpcJsTests(RunningNode node) : GrpcJsConformance
{
    protected override WireTarget Target => node.Settings.Target;
}
