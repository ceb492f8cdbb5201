using Footprint.Grid.Api.Limits;
using Footprint.Grid.Api.Privacy;
using Footprint.Grid.Engine;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;

namespace Footprint.Grid.Gateway.Rpc;

/// <summary>What is known of a call since it was let in.</summary>
internal sealed class CallState(Admission admission, DateTimeOffset arrived, DateTimeOffset defaultDeadline)
{
    public Admission Admission { get; } = admission;

    /// <summary>The caller's deadline for a stream, which the stream keeps itself; null where there is none.</summary>
    public DateTimeOffset? Until { get; init; }

    public static CallState Of(ServerCallContext call) => call.GetHttpContext().Features.GetRequiredFeature<CallState>();

    /// <summary>Who calls and until when: by the caller's own deadline, else by that of calls that bring none.</summary>
    public CallContext Context(ServerCallContext call)
    {
        var deadline = call.Deadline;
        var http = call.GetHttpContext();
        return Admission.Call(
            arrived,
            deadline == DateTime.MaxValue ? defaultDeadline : new DateTimeOffset(DateTime.SpecifyKind(deadline, DateTimeKind.Utc)),
            http.RequestAborted,
            PrivacyHeader.IsSet(http.Request.Headers));
    }
}
