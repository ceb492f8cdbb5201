using Footprint.Grid.V1;

namespace Footprint.Grid.Engine;

/// <summary>
/// Hosts the client actors. Requests were checked for syntax and limits of size; an engine checks what they mean.
/// Every method throws <see cref="GridException"/> for what the caller is to be told, <c>DEADLINE_EXCEEDED</c> and
/// <c>UNAVAILABLE</c> included, and honours the deadline of its call.
/// </summary>
public interface IClientEngine
{
    ValueTask<RecordResponse> RecordAsync(RecordRequest request, CallContext call);

    /// <summary>Answers from pooled messages: pass the response to <see cref="Release"/> once it has been written.</summary>
    ValueTask<PickContentResponse> PickContentAsync(PickContentRequest request, CallContext call);

    /// <summary>
    /// The same from the bytes of the request to those of the answer, without messages in between; good until the thread asks an
    /// engine again. Empty, with nothing done, when it cannot be given at once or there is something to refuse:
    /// <see cref="PickContentAsync"/> does that.
    /// </summary>
    ReadOnlySpan<byte> PickContentAtOnce(ReadOnlySpan<byte> request, CallContext call) => [];

    ValueTask<TargetAdsResponse> TargetAdsAsync(TargetAdsRequest request, CallContext call);

    ValueTask<ReportOutcomesResponse> ReportOutcomesAsync(ReportOutcomesRequest request, CallContext call);

    ValueTask<Profile> GetProfileAsync(GetProfileRequest request, CallContext call);

    ValueTask<LinkResponse> LinkAsync(LinkRequest request, CallContext call);

    ValueTask<UnlinkResponse> UnlinkAsync(UnlinkRequest request, CallContext call);

    ValueTask<SetConsentsResponse> SetConsentsAsync(SetConsentsRequest request, CallContext call);

    ValueTask<ConfirmInterestResponse> ConfirmInterestAsync(ConfirmInterestRequest request, CallContext call);

    ValueTask<ExportResponse> ExportAsync(ExportRequest request, CallContext call);

    ValueTask<EraseResponse> EraseAsync(EraseRequest request, CallContext call);

    /// <summary>Gives a pick's messages back. The caller must not touch them any more.</summary>
    void Release(PickContentResponse response);
}
