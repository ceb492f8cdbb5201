using System.Text;
using Footprint.Grid.Core.Campaigns.Budgets;
using Footprint.Grid.Core.Clients;
using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Batches;
using Footprint.Grid.Grains.Engine;
using Footprint.Grid.Grains.Messages;
using Footprint.Grid.Grains.Tenants;
using Footprint.Grid.V1;
using Google.Protobuf;

namespace Footprint.Grid.Grains.Clients;

/// <summary>Decides, from a request's bytes to the answer's. Nothing is awaited and little allocated but those.</summary>
internal static class Decisions
{
    /// <summary>What is left for scoring when something had to be waited for.</summary>
    public const int ScoringMs = 5;

    [ThreadStatic]
    private static PickContentResponse? _picks;

    public static bool Is(ClientOperation operation) => operation is ClientOperation.PickContent or ClientOperation.TargetAds;

    /// <param name="actor">Who decides: the client, or nobody.</param>
    /// <param name="tenant">Its definitions and knowledge.</param>
    /// <param name="request">The request, its deadline in <see cref="Payload.Number"/>.</param>
    /// <param name="isLate">Whether what the client needs did not come in time.</param>
    /// <param name="spending">Pays for campaigns with a budget; null pays for none.</param>
    /// <param name="journal">Takes what ads were shown.</param>
    /// <param name="services">Clock and chance.</param>
    /// <param name="asked">What is to be waited for before it is worth to decide once more: nothing was done then.</param>
    public static Payload Decide(
        ClientActor actor,
        TenantSnapshot tenant,
        in Payload request,
        bool isLate,
        ISpending? spending,
        IJournal journal,
        ClientServices services,
        out Task? asked)
    {
        asked = null;
        if (request.Operation == ClientOperation.PickContent)
        {
            return Pick(actor, tenant, request, isLate, journal, services);
        }

        TargetAdsRequest targeting = TargetAdsRequest.Parser.ParseFrom(request.Body.Span);
        RequestValidator.Check(targeting);
        var ads = new TargetAdsResponse();
        asked = actor.TargetAds(TurnOf(tenant, request, targeting.DeadlineMs, isLate, journal, services) with { Spending = spending }, targeting, ads);
        return asked is null ? new Payload((byte)PayloadKind.Answer, 0, ads.ToByteArray()) : DecisionBatch.Elsewhere;
    }

    /// <summary>Until when a decision waits for the owners of budgets: what is not there by then is for later ones.</summary>
    public static long AskUntil(in Payload request, ClientServices services) =>
        Math.Min(request.Number - ScoringMs, services.NowMs + BudgetPurse.PatienceMs);

    /// <summary>Whether the answer came by then.</summary>
    public static async ValueTask<bool> IsAnsweredAsync(Task asked, long untilMs, ClientServices services)
    {
        long left = untilMs - services.NowMs;
        if (left > 0)
        {
            await asked.WaitAsync(TimeSpan.FromMilliseconds(left), services.Time)
                .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        }

        return asked.IsCompleted;
    }

    private static Payload Pick(
        ClientActor actor, TenantSnapshot tenant, in Payload request, bool isLate, IJournal journal, ClientServices services)
    {
        PickContentResponse picks = _picks ??= new PickContentResponse();
        ReadOnlySpan<byte> bytes = [];

        // Who asks by a linked id, or says more than most, is for the messages.
        if (PickRequestBytes.TryRead(request.Body.Span, out PickRequestBytes plain) && Ascii.Equals(plain.ClientId, actor.Key.ClientId))
        {
            bytes = actor.EncodeContent(TurnOf(tenant, request, plain.DeadlineMs, isLate, journal, services), plain, picks);
        }

        if (bytes.IsEmpty)
        {
            PickContentRequest picking = PickContentRequest.Parser.ParseFrom(request.Body.Span);
            RequestValidator.Check(picking);
            bytes = actor.EncodeContent(TurnOf(tenant, request, picking.DeadlineMs, isLate, journal, services), picking, picks);
        }

        return new Payload((byte)PayloadKind.Answer, 0, bytes.ToArray());
    }

    // The caller's deadline went along; the request's own counts from when its turn came.
    private static Turn TurnOf(TenantSnapshot tenant, in Payload request, int deadlineMs, bool isLate, IJournal journal, ClientServices services)
    {
        long now = services.NowMs;
        long deadline = Math.Min(request.Number, deadlineMs > 0 ? now + deadlineMs : long.MaxValue);
        return tenant.Turn(now, isLate ? now - 1 : deadline, services.Seeds.Next(), journal) with { HasPrivacySignal = request.HasPrivacySignal };
    }
}
