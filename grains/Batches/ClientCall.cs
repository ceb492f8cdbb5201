using Footprint.Grid.Grains.Messages;

namespace Footprint.Grid.Grains.Batches;

/// <summary>A request that travels with others.</summary>
/// <param name="Client"><c>tenant/client_id</c>.</param>
/// <param name="Request">As the client's grain takes it.</param>
[GenerateSerializer]
[Immutable]
[Alias("fg.client-call")]
internal readonly record struct ClientCall([property: Id(0)] string Client, [property: Id(1)] Payload Request);
