using Footprint.Grid.Engine;

namespace Footprint.Grid.Api.Operations;

/// <summary>
/// Answers at once, from the bytes of the request with those of the response, good until the thread calls an engine again; empty,
/// with nothing done, when the handler of messages is to answer instead.
/// </summary>
public delegate ReadOnlySpan<byte> AtOnceHandler(ReadOnlySpan<byte> request, CallContext call);
