namespace Footprint.Grid.Api.Operations;

/// <summary>How many messages go each way.</summary>
public enum OperationKind
{
    Unary,
    ServerStreaming,
    Duplex,
}
