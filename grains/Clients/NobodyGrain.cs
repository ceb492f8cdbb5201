using Footprint.Grid.Core.Clients;
using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Messages;
using Footprint.Grid.Grains.Tenants;
using Google.Protobuf;
using Google.Rpc;
using Orleans.Concurrency;

namespace Footprint.Grid.Grains.Clients;

/// <summary>Decides for nobody in particular.</summary>
[StatelessWorker]
[GrainType("nobody")]
internal sealed class NobodyGrain(IGrainContext context, ClientServices services) : Grain, INobodyGrain
{
    private readonly string _tenant = context.GrainId.Key.ToString()!;

    public ValueTask<Payload> CallAsync(Payload request)
    {
        try
        {
            TenantSnapshot tenant = services.Tenants.Get(_tenant);
            return new(Decisions.Decide(tenant.Nobody, tenant, request, isLate: request.Number == 0, NoJournal.Instance, services, out _));
        }
        catch (GridException e)
        {
            return new(FaultCodec.Encode(e));
        }
        catch (InvalidProtocolBufferException)
        {
            return new(FaultCodec.Encode(new GridException(Code.InvalidArgument, "The request is not a message of its type.")));
        }
    }
}
