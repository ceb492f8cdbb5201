using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Engine;

namespace Footprint.Grid.Gateway.Cluster;

/// <summary>Gives events their ids before they leave, so that what a lost silo may have taken can be sent again.</summary>
internal sealed class IdentifyingForwarder(IClientForwarder inner) : IClientForwarder
{
    public ValueTask<ReadOnlyMemory<byte>> ForwardAsync(ClientOperation operation, ReadOnlyMemory<byte> request, CallContext call) =>
        inner.ForwardAsync(
            operation, operation is ClientOperation.Record or ClientOperation.Stream ? EventIds.Fill(operation, request) : request, call);
}
