using Footprint.Grid.Grains.Messages;
using Orleans.Concurrency;

namespace Footprint.Grid.Grains.Clients;

/// <summary>Hosts one client. Reentrant: turns await nothing, so only answers that wait for Redis interleave.</summary>
[Reentrant]
[GrainType("client")]
internal sealed class ClientGrain : Grain, IClientGrain
{
    private readonly ClientCell _cell;

    public ClientGrain(IGrainContext context, IGrainFactory grains, ClientServices services)
    {
        _cell = new ClientCell(
            context.GrainId.Key.ToString()!, name => grains.GetGrain<IClientGrain>(name), () => DeactivateOnIdle(), services);
    }

    public ValueTask<Payload> CallAsync(Payload request) => _cell.CallAsync(request);

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        try
        {
            await _cell.SaveAsync(cancellationToken);
        }
        finally
        {
            _cell.Drop();
        }
    }
}
