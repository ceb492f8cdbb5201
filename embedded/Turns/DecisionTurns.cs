using Footprint.Grid.Core.Campaigns.Budgets;
using Footprint.Grid.Core.Clients;
using Footprint.Grid.Embedded.Clients;
using Footprint.Grid.Embedded.Tenants;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;
using Google.Rpc;

namespace Footprint.Grid.Embedded.Turns;

/// <summary>
/// Decides. With the client in memory nothing is awaited and nothing allocated but what the answer needs; only who is to be
/// shown a campaign of whose budget nothing is here waits for its owner, a moment. A client that the store does not give in
/// time is answered as nobody, marked as late: a decision is never an error for that.
/// </summary>
internal sealed class DecisionTurns(ClientDirectory directory, SeedSource seeds, TimeProvider time)
{
    /// <summary>What is left for scoring when a client had to be waited for.</summary>
    private const int ScoringMs = 5;

    private readonly PickPool _pool = new();

    public ValueTask<PickContentResponse> PickContentAsync(TenantState tenant, PickContentRequest request, CallContext call)
    {
        long deadline = Deadline(request.DeadlineMs, call);
        if (request.ClientId.Length == 0)
        {
            return new ValueTask<PickContentResponse>(PickFor(tenant.Nobody, tenant, request, NowMs, deadline, NoJournal.Instance, call));
        }

        string id = request.ClientId;
        return TryPick(tenant, ref id, request, deadline, call) is { } response
            ? new ValueTask<PickContentResponse>(response)
            : new ValueTask<PickContentResponse>(PickLaterAsync(tenant, id, request, deadline, call));
    }

    /// <inheritdoc cref="IClientEngine.PickContentAtOnce"/>
    public ReadOnlySpan<byte> PickContentAtOnce(TenantState tenant, ReadOnlySpan<byte> request, CallContext call)
    {
        // What the caller is, says or must be told beside the request is for the messages.
        if (call.HasPrivacySignal || call.Recipient is not null || !PickRequestBytes.TryRead(request, out PickRequestBytes read)
            || ClientDirectory.TryEnter(tenant, read.ClientId) is not { } slot)
        {
            return [];
        }

        PickContentResponse lent = _pool.Rent();
        try
        {
            // The turn begins here, however long the slot was waited for.
            Turn turn = tenant.Turn(NowMs, Deadline(read.DeadlineMs, call), seeds.Next(), slot);
            ReadOnlySpan<byte> bytes = slot.Actor!.EncodeContent(turn, read, lent);
            slot.Shown |= slot.Actor.TakeUnsaved();
            return bytes;
        }
        finally
        {
            Monitor.Exit(slot);
            _pool.Return(lent);
        }
    }

    public async ValueTask<TargetAdsResponse> TargetAdsAsync(TenantState tenant, TargetAdsRequest request, CallContext call)
    {
        long deadline = Deadline(request.DeadlineMs, call);
        long? askUntil = null;
        ISpending spending = tenant.Spending.Asking;
        var response = new TargetAdsResponse();
        string id = request.ClientId;
        while (true)
        {
            Task? asked;
            if (id.Length == 0)
            {
                asked = TargetForNobody(tenant, request, response, deadline, call, spending);
            }
            else if (!TryTarget(tenant, ref id, request, response, deadline, call, spending, out asked))
            {
                if (!await CameInTimeAsync(tenant, id, deadline, call))
                {
                    (id, deadline) = ("", long.MinValue);
                }

                continue;
            }

            if (asked is null)
            {
                return response;
            }

            // What is not there by then is for later decisions. However long the client was waited for is no matter.
            askUntil ??= Math.Min(deadline - ScoringMs, NowMs + BudgetPurse.PatienceMs);
            if (!await IsAnsweredAsync(asked, askUntil.Value))
            {
                spending = tenant.Spending;
            }
        }
    }

    public void Release(PickContentResponse response) => _pool.Return(response);

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    // The request's own time counts from when it came in: until the client's turn begins it runs, too.
    private long Deadline(int deadlineMs, CallContext call)
    {
        long deadline = call.Deadline.ToUnixTimeMilliseconds();
        return deadlineMs > 0 ? Math.Min(deadline, (call.Arrived == default ? time.GetUtcNow() : call.Arrived).ToUnixTimeMilliseconds() + deadlineMs) : deadline;
    }

    private PickContentResponse? TryPick(TenantState tenant, ref string id, PickContentRequest request, long deadline, CallContext call)
    {
        ClientSlot? slot = ClientDirectory.TryEnter(tenant, ref id);
        if (slot is null)
        {
            return null;
        }

        try
        {
            // The turn begins here, however long the slot was waited for.
            long now = NowMs;
            ClientActor actor = Actor(tenant, slot, now, call);
            PickContentResponse response = PickFor(actor, tenant, request, now, deadline, slot, call);
            slot.Shown |= actor.TakeUnsaved();
            return response;
        }
        finally
        {
            Monitor.Exit(slot);
        }
    }

    private PickContentResponse PickFor(
        ClientActor actor, TenantState tenant, PickContentRequest request, long now, long deadline, IJournal journal, CallContext call)
    {
        PickContentResponse response = _pool.Rent();
        actor.PickContent(tenant.Turn(now, deadline, seeds.Next(), journal) with { HasPrivacySignal = call.HasPrivacySignal }, request, response);
        return response;
    }

    private async Task<PickContentResponse> PickLaterAsync(
        TenantState tenant, string id, PickContentRequest request, long deadline, CallContext call)
    {
        while (await CameInTimeAsync(tenant, id, deadline, call))
        {
            if (TryPick(tenant, ref id, request, deadline, call) is { } response)
            {
                return response;
            }
        }

        long late = NowMs;
        return PickFor(tenant.Nobody, tenant, request, late, late - 1, NoJournal.Instance, call);
    }

    private bool TryTarget(
        TenantState tenant,
        ref string id,
        TargetAdsRequest request,
        TargetAdsResponse response,
        long deadline,
        CallContext call,
        ISpending spending,
        out Task? asked)
    {
        asked = null;
        ClientSlot? slot = ClientDirectory.TryEnter(tenant, ref id);
        if (slot is null)
        {
            return false;
        }

        try
        {
            long now = NowMs;
            ClientActor actor = Actor(tenant, slot, now, call);
            Turn turn = tenant.Turn(now, deadline, seeds.Next(), slot) with { HasPrivacySignal = call.HasPrivacySignal, Spending = spending };
            asked = actor.TargetAds(turn, request, response);
            slot.Shown |= actor.TakeUnsaved();
            return true;
        }
        finally
        {
            Monitor.Exit(slot);
        }
    }

    private Task? TargetForNobody(
        TenantState tenant, TargetAdsRequest request, TargetAdsResponse response, long deadline, CallContext call, ISpending spending)
    {
        Turn turn = tenant.Turn(NowMs, deadline, seeds.Next(), NoJournal.Instance) with { HasPrivacySignal = call.HasPrivacySignal, Spending = spending };
        return tenant.Nobody.TargetAds(turn, request, response);
    }

    private async ValueTask<bool> IsAnsweredAsync(Task asked, long untilMs)
    {
        long left = untilMs - NowMs;
        if (left > 0)
        {
            await asked.WaitAsync(TimeSpan.FromMilliseconds(left), time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return asked.IsCompleted;
    }

    // Nobody decides for a client in quarantine, and for one whose privacy signal cannot be kept now.
    private static ClientActor Actor(TenantState tenant, ClientSlot slot, long now, CallContext call)
    {
        if (slot.State != SlotState.Ready)
        {
            return tenant.Nobody;
        }

        try
        {
            if (call.HasPrivacySignal)
            {
                slot.Actor!.TakePrivacySignalOfDecision(tenant.Turn(now, long.MaxValue, 0, slot));
            }

            return slot.Actor!;
        }
        catch (GridException)
        {
            return tenant.Nobody;
        }
    }

    private async ValueTask<bool> CameInTimeAsync(TenantState tenant, string id, long deadline, CallContext call)
    {
        try
        {
            DateTimeOffset until = DateTimeOffset.FromUnixTimeMilliseconds(deadline - ScoringMs);
            await directory.GetAsync(tenant, id, call with { Deadline = until });
            return true;
        }
        catch (GridException e) when (e.Code is Code.Unavailable or Code.ResourceExhausted)
        {
            return false;
        }
    }
}
