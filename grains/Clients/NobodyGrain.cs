using Footprint.Grid.Core.Campaigns.Budgets;
using Footprint.Grid.Core.Clients;
using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Messages;
using Footprint.Grid.Grains.Tenants;
using Google.Protobuf;
using Google.Rpc;
using Orleans.Concurrency;

namespace Footprint.Grid.Grains.Clients;

/// <summary>Decides for nobody in particular. Reentrant: turns await nothing, so only decisions that wait for a budget interleave.</summary>
[Reentrant]
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
            Payload answer = Decide(tenant, request, tenant.Spending?.Asking, out Task? asked);
            return asked is null ? new(answer) : DecideLaterAsync(tenant, request, asked);
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

    private async ValueTask<Payload> DecideLaterAsync(TenantSnapshot tenant, Payload request, Task asked)
    {
        long until = Decisions.AskUntil(request, services);
        ISpending? spending = tenant.Spending?.Asking;
        for (Task? waited = asked; ;)
        {
            if (!await Decisions.IsAnsweredAsync(waited, until, services))
            {
                spending = tenant.Spending;
            }

            Payload answer = Decide(tenant, request, spending, out waited);
            if (waited is null)
            {
                return answer;
            }
        }
    }

    private Payload Decide(TenantSnapshot tenant, in Payload request, ISpending? spending, out Task? asked) => Decisions.Decide(
        tenant.Nobody, tenant, request, isLate: request.Number == 0, spending, NoJournal.Instance, services, out asked);
}
