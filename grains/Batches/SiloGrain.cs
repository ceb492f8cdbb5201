using Footprint.Grid.Grains.Messages;
using Orleans.Concurrency;

namespace Footprint.Grid.Grains.Batches;

/// <summary>Hands the decisions of a message to their clients. On another silo than the one it stands for it only leaves.</summary>
[Reentrant]
[SiloPlacement]
[GrainType("silo")]
internal sealed class SiloGrain(ClientsInMemory clients) : Grain, ISiloGrain
{
    public ValueTask<Payload[]> DecideAsync(ClientCall[] calls)
    {
        if (this.GetPrimaryKeyLong() != clients.Silo)
        {
            DeactivateOnIdle();
        }

        return clients.DecideAsync(calls);
    }
}
