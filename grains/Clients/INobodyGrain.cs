using Footprint.Grid.Grains.Messages;

namespace Footprint.Grid.Grains.Clients;

/// <summary>Decides for whoever nothing is known about, on any silo; the key is the tenant.</summary>
[Alias("fg.nobody")]
internal interface INobodyGrain : IGrainWithStringKey
{
    /// <summary>A decision's request. One whose client could not be asked in time has a deadline of 0 and is answered as late.</summary>
    [Alias("call")]
    ValueTask<Payload> CallAsync(Payload request);
}
