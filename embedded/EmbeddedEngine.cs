using Footprint.Grid.Core.Clients;
using Footprint.Grid.Embedded.Tenants;
using Footprint.Grid.Embedded.Turns;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;

namespace Footprint.Grid.Embedded;

/// <summary>
/// Hosts the client actors in this process: checks what a request means, finds the client, and takes the turn on the
/// caller's thread while holding the client.
/// </summary>
internal sealed class EmbeddedEngine(
    EngineLife life, TenantDirectory tenants, BatchRecorder recorder, DecisionTurns decisions, ProfileTurns profiles) : IClientEngine
{
    public ValueTask<RecordResponse> RecordAsync(RecordRequest request, CallContext call)
    {
        RequestValidator.Check(request);
        var response = new RecordResponse();
        ValueTask taken = recorder.TakeAsync(Tenant(call), new EventBatch(request, ActId.Next, call.Recipient is not null), response.Results, call);
        return taken.IsCompletedSuccessfully ? new(response) : AfterAsync(taken, response);
    }

    public ValueTask<ReportOutcomesResponse> ReportOutcomesAsync(ReportOutcomesRequest request, CallContext call)
    {
        RequestValidator.Check(request);
        var response = new ReportOutcomesResponse();
        ValueTask taken = recorder.TakeAsync(Tenant(call), new OutcomeBatch(request, ActId.Next, call.Recipient is not null), response.Results, call);
        return taken.IsCompletedSuccessfully ? new(response) : AfterAsync(taken, response);
    }

    public ValueTask<PickContentResponse> PickContentAsync(PickContentRequest request, CallContext call)
    {
        RequestValidator.Check(request);
        return decisions.PickContentAsync(Tenant(call), request, call);
    }

    public ReadOnlySpan<byte> PickContentAtOnce(ReadOnlySpan<byte> request, CallContext call) =>
        decisions.PickContentAtOnce(Tenant(call), request, call);

    public ValueTask<TargetAdsResponse> TargetAdsAsync(TargetAdsRequest request, CallContext call)
    {
        RequestValidator.Check(request);
        return decisions.TargetAdsAsync(Tenant(call), request, call);
    }

    public ValueTask<Profile> GetProfileAsync(GetProfileRequest request, CallContext call)
    {
        RequestValidator.Check(request);
        return profiles.TakeAsync(
            Tenant(call), request.ClientId, request, call, mustExist: true, durable: request.Recipient.Length > 0, static (actor, turn, request) => actor.View(turn, request));
    }

    public ValueTask<LinkResponse> LinkAsync(LinkRequest request, CallContext call)
    {
        RequestValidator.Check(request);
        return profiles.LinkAsync(Tenant(call), request, call);
    }

    public ValueTask<UnlinkResponse> UnlinkAsync(UnlinkRequest request, CallContext call)
    {
        RequestValidator.Check(request);
        return profiles.UnlinkAsync(Tenant(call), request, call);
    }

    public ValueTask<SetConsentsResponse> SetConsentsAsync(SetConsentsRequest request, CallContext call)
    {
        RequestValidator.Check(request);
        return profiles.TakeAsync(
            Tenant(call), request.ClientId, request, call, mustExist: false, durable: true, static (actor, turn, request) =>
            {
                var response = new SetConsentsResponse();
                actor.SetConsents(turn, request, response);
                return response;
            });
    }

    public ValueTask<ConfirmInterestResponse> ConfirmInterestAsync(ConfirmInterestRequest request, CallContext call)
    {
        RequestValidator.Check(request);
        return profiles.TakeAsync(
            Tenant(call), request.ClientId, request, call, mustExist: false, durable: true, static (actor, turn, request) =>
            {
                var response = new ConfirmInterestResponse();
                actor.ConfirmInterest(turn, request, response);
                return response;
            });
    }

    public ValueTask<ExportResponse> ExportAsync(ExportRequest request, CallContext call)
    {
        RequestValidator.Check(request);
        return profiles.TakeAsync(
            Tenant(call), request.ClientId, request, call, mustExist: true, durable: request.Recipient.Length > 0, static (actor, turn, request) => actor.Export(turn, request));
    }

    public ValueTask<EraseResponse> EraseAsync(EraseRequest request, CallContext call)
    {
        RequestValidator.CheckClientId(request.ClientId);
        return profiles.EraseAsync(Tenant(call), request, call);
    }

    public void Release(PickContentResponse response) => decisions.Release(response);

    private static async ValueTask<T> AfterAsync<T>(ValueTask taken, T response)
    {
        await taken;
        return response;
    }

    private TenantState Tenant(CallContext call)
    {
        life.ThrowUnlessRunning();
        return tenants.Get(call.Tenant);
    }
}
