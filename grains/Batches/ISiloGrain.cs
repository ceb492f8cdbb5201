using Footprint.Grid.Grains.Messages;

namespace Footprint.Grid.Grains.Batches;

/// <summary>Stands for one silo; the key is its <see cref="SiloKey"/>.</summary>
[Alias("fg.silo")]
internal interface ISiloGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Decisions of clients that are in this silo's memory, in one message; an answer for each, in their order. One of kind
    /// <see cref="PayloadKind.Elsewhere"/> was not taken: ask the client itself.
    /// </summary>
    [Alias("decide")]
    ValueTask<Payload[]> DecideAsync([Immutable] ClientCall[] calls);
}
