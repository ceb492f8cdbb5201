using Google.Rpc;

namespace Footprint.Grid.Conformance.Wire;

/// <summary>How a call ended.</summary>
/// <param name="Code">From grpc-status.</param>
/// <param name="Message">From grpc-message.</param>
/// <param name="Details">From grpc-status-details-bin, when there is one.</param>
/// <param name="Body">The response message's bytes; null when the call failed.</param>
internal sealed record GrpcReply(Code Code, string Message, Status? Details, byte[]? Body);
