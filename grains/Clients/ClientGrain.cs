using Footprint.Grid.Grains.Batches;
using Footprint.Grid.Grains.Messages;
using Orleans.Concurrency;

namespace Footprint.Grid.Grains.Clients;

/// <summary>Hosts one client. Reentrant: turns await nothing, so only answers that wait for Redis interleave.</summary>
[Reentrant]
[GrainType("client")]
internal sealed class ClientGrain : Grain, IClientGrain
{
    private readonly string _name;
    private readonly ClientCell _cell;
    private readonly ClientInMemory _inMemory;
    private readonly ClientsInMemory _clients;

    public ClientGrain(IGrainContext context, IGrainFactory grains, ClientServices services, ClientsInMemory clients)
    {
        _name = context.GrainId.Key.ToString()!;
        _clients = clients;
        _cell = new ClientCell(_name, name => grains.GetGrain<IClientGrain>(name), () => DeactivateOnIdle(), services);
        _inMemory = new ClientInMemory(_cell, context.Scheduler, services.Options.IdleAfter, services.Time);
    }

    public ValueTask<Payload> CallAsync(Payload request)
    {
        _inMemory.Messaged();
        ValueTask<Payload> answer = _cell.CallAsync(request);
        return answer.IsCompletedSuccessfully && Decisions.Is(request.Operation) ? new(Named(answer.Result)) : answer;
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _clients.Add(_name, _inMemory);
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _inMemory.Leave();
        _clients.Remove(_name, _inMemory);
        try
        {
            await _cell.SaveAsync(cancellationToken);
        }
        finally
        {
            _cell.Drop();
        }
    }

    // The caller then knows where to send the next one together with others.
    private Payload Named(in Payload answer) => new(answer.Kind, _clients.Silo, answer.Body);
}
