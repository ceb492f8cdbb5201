using Footprint.Grid.Engine;

namespace Footprint.Grid.Grains.Engine;

/// <summary>
/// Takes a request's bytes to the client it is about and brings the answer's bytes back, both untouched: of the request
/// only the ids of clients are read. <see cref="ClientOperation.Record"/>, <see cref="ClientOperation.Stream"/>,
/// <see cref="ClientOperation.PickContent"/> and <see cref="ClientOperation.TargetAds"/>; the engine does the rest.
/// </summary>
public interface IClientForwarder
{
    /// <param name="operation">Which request the bytes are.</param>
    /// <param name="request">Not to be changed or reused by the caller, not even after the answer.</param>
    /// <param name="call">Who calls and until when; its deadline goes along.</param>
    /// <returns>The bytes of the answer's message.</returns>
    /// <exception cref="GridException">What the caller is to be told.</exception>
    ValueTask<ReadOnlyMemory<byte>> ForwardAsync(ClientOperation operation, ReadOnlyMemory<byte> request, CallContext call);
}
