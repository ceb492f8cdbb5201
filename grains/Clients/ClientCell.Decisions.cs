using Footprint.Grid.Core.Campaigns.Budgets;
using Footprint.Grid.Core.Clients;
using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Journal;
using Footprint.Grid.Grains.Messages;

namespace Footprint.Grid.Grains.Clients;

/// <summary>How the client decides.</summary>
internal sealed partial class ClientCell
{
    private ValueTask<Payload> DecideAsync(LiveClient live, in Payload request, bool isAtOnce)
    {
        Payload answer = Decide(live, request, _tenant!.Spending?.Asking, out Task? asked);
        return asked is null || isAtOnce ? new(answer) : DecideLaterAsync(request, asked);
    }

    // The winner's budget has nothing here: once its owner answered it is decided anew, with what the client is then.
    private async ValueTask<Payload> DecideLaterAsync(Payload request, Task asked)
    {
        long until = Decisions.AskUntil(request, _services);
        ISpending? spending = _tenant!.Spending?.Asking;
        for (Task? waited = asked; ;)
        {
            if (!await Decisions.IsAnsweredAsync(waited, until, _services))
            {
                spending = _tenant.Spending;
            }

            if (!IsUsable(_live) || _live!.Actor.AliasOf is not null)
            {
                return await Begin(request, isAtOnce: false);
            }

            Payload answer = Decide(_live, request, spending, out waited);
            if (waited is null)
            {
                return answer;
            }
        }
    }

    private Payload Decide(LiveClient live, in Payload request, ISpending? spending, out Task? asked)
    {
        ClientActor actor = request.HasPrivacySignal && !TryTakeSignal(live) ? _tenant!.Nobody : live.Actor;
        Payload answer = Decisions.Decide(actor, _tenant!, request, isLate: false, spending, live, _services, out asked);
        live.Shown |= actor.TakeUnsaved();
        live.Flush();
        return answer;
    }

    // Nobody decides for a client whose privacy signal cannot be kept now.
    private bool TryTakeSignal(LiveClient live)
    {
        try
        {
            live.Actor.TakePrivacySignalOfDecision(Turn(live));
            return true;
        }
        catch (GridException)
        {
            return false;
        }
    }

    private Payload DecideForNobody(in Payload request, bool isLate) =>
        Decisions.Decide(_tenant!.Nobody, _tenant, request, isLate, _tenant.Spending, NoJournal.Instance, _services, out _);
}
