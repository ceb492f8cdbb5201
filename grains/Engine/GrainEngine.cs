using Footprint.Grid.Core.Clients;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;
using Google.Protobuf;

namespace Footprint.Grid.Grains.Engine;

/// <summary>The engine over grains: each request goes to its client's grain as bytes and comes back as bytes.</summary>
internal sealed class GrainEngine(GrainCaller caller, BatchSplitter splitter) : IClientEngine
{
    public ValueTask<RecordResponse> RecordAsync(RecordRequest request, CallContext call) => splitter.RecordAsync(request, call);

    public ValueTask<ReportOutcomesResponse> ReportOutcomesAsync(ReportOutcomesRequest request, CallContext call) =>
        splitter.ReportAsync(request, call);

    public async ValueTask<PickContentResponse> PickContentAsync(PickContentRequest request, CallContext call)
    {
        RequestValidator.Check(request);
        var answer = await caller.DecideAsync(ClientOperation.PickContent, request.ClientId, request.ToByteArray(), request.DeadlineMs, call);
        return PickContentResponse.Parser.ParseFrom(GrainCaller.Read(answer).Span);
    }

    public async ValueTask<TargetAdsResponse> TargetAdsAsync(TargetAdsRequest request, CallContext call)
    {
        RequestValidator.Check(request);
        var answer = await caller.DecideAsync(ClientOperation.TargetAds, request.ClientId, request.ToByteArray(), request.DeadlineMs, call);
        return TargetAdsResponse.Parser.ParseFrom(GrainCaller.Read(answer).Span);
    }

    public ValueTask<Profile> GetProfileAsync(GetProfileRequest request, CallContext call)
    {
        RequestValidator.Check(request);
        return AskAsync(ClientOperation.GetProfile, request.ClientId, request, Profile.Parser, call, isRepeatable: true);
    }

    public ValueTask<LinkResponse> LinkAsync(LinkRequest request, CallContext call)
    {
        RequestValidator.Check(request);
        return AskAsync(ClientOperation.Link, request.ClientId, request, LinkResponse.Parser, call, isRepeatable: false);
    }

    public ValueTask<UnlinkResponse> UnlinkAsync(UnlinkRequest request, CallContext call)
    {
        RequestValidator.Check(request);
        return AskAsync(ClientOperation.Unlink, request.ClientId, request, UnlinkResponse.Parser, call, isRepeatable: false);
    }

    public ValueTask<SetConsentsResponse> SetConsentsAsync(SetConsentsRequest request, CallContext call)
    {
        RequestValidator.Check(request);
        return AskAsync(ClientOperation.SetConsents, request.ClientId, request, SetConsentsResponse.Parser, call, isRepeatable: false);
    }

    public ValueTask<ConfirmInterestResponse> ConfirmInterestAsync(ConfirmInterestRequest request, CallContext call)
    {
        RequestValidator.Check(request);
        return AskAsync(ClientOperation.ConfirmInterest, request.ClientId, request, ConfirmInterestResponse.Parser, call, isRepeatable: false);
    }

    public ValueTask<ExportResponse> ExportAsync(ExportRequest request, CallContext call)
    {
        RequestValidator.Check(request);
        return AskAsync(ClientOperation.Export, request.ClientId, request, ExportResponse.Parser, call, isRepeatable: true);
    }

    public ValueTask<EraseResponse> EraseAsync(EraseRequest request, CallContext call)
    {
        RequestValidator.CheckClientId(request.ClientId);
        return AskAsync(ClientOperation.Erase, request.ClientId, request, EraseResponse.Parser, call, isRepeatable: false);
    }

    /// <summary>Nothing is pooled here: the answer came from another process.</summary>
    public void Release(PickContentResponse response)
    {
    }

    private async ValueTask<TResponse> AskAsync<TResponse>(
        ClientOperation operation, string client, IMessage request, MessageParser<TResponse> parser, CallContext call, bool isRepeatable)
        where TResponse : IMessage<TResponse>
    {
        var answer = await caller.AskAsync(operation, client, request.ToByteArray(), call, isRepeatable);
        return parser.ParseFrom(GrainCaller.Read(answer).Span);
    }
}
