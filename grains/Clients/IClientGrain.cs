using Footprint.Grid.Grains.Messages;

namespace Footprint.Grid.Grains.Clients;

/// <summary>One client; the key is <c>tenant/client_id</c>.</summary>
[Alias("fg.client")]
internal interface IClientGrain : IGrainWithStringKey
{
    /// <summary>One request of kind <see cref="CellOperation"/>, answered by a payload of <see cref="PayloadKind"/>.</summary>
    [Alias("call")]
    ValueTask<Payload> CallAsync(Payload request);
}
