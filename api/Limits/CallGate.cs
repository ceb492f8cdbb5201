using Footprint.Grid.Api.Auth;
using Footprint.Grid.Api.Errors;
using Footprint.Grid.Api.Health;
using Footprint.Grid.Api.Operations;
using Footprint.Grid.Api.Telemetry;
using Google.Rpc;

namespace Footprint.Grid.Api.Limits;

/// <summary>
/// Lets calls in, for every adapter alike and before a byte of the body is read:
/// 1. who is calling; 2. may they; 3. is the process going on; 4. is there room; 5. are they within their rate.
/// </summary>
internal sealed class CallGate(ApiKeyRing keys, LimitOptions limits, ServingState serving, ApiMetrics metrics)
{
    // How soon a place may be free is anybody's guess; this keeps a crowd from coming back at once.
    private static readonly TimeSpan _retry = TimeSpan.FromMilliseconds(100);

    private static readonly CallError _noKey = new(Code.Unauthenticated, "No valid API key: send 'Authorization: Bearer KEY'.");

    private readonly Slots _calls = metrics.Watch(new Slots(limits.Concurrency), "calls");
    private readonly Slots _streams = metrics.Watch(new Slots(limits.Streams), "streams");

    /// <summary>Null when the call may go on; then <paramref name="admission"/> must leave when the call ends.</summary>
    public CallError? Enter(Operation operation, string? authorization, long timestamp, out Admission admission)
    {
        admission = default;
        var access = operation.Access;
        if (access.IsAnonymous)
        {
            return operation.Kind == OperationKind.Unary ? null : EnterStream(null, out admission);
        }

        // 1
        var principal = keys.Find(authorization);
        if (principal is null)
        {
            return _noKey;
        }

        // 2
        if (!access.Allows(principal.Scopes))
        {
            return new CallError(Code.PermissionDenied, $"The API key '{principal.KeyId}' lacks the scope {Scopes.Name(access.Scope)}.");
        }

        if (principal.Recipient is { } recipient && !operation.IsOpenToRecipients)
        {
            return new CallError(Code.PermissionDenied, $"The API key '{principal.KeyId}' acts for the recipient '{recipient}', who may not call {operation.Name}.");
        }

        // 3
        if (serving.IsDraining)
        {
            return CallError.Draining;
        }

        if (operation.Kind != OperationKind.Unary)
        {
            return EnterStream(principal, out admission);
        }

        // 4
        var load = principal.Load;
        if (!_calls.TryTake())
        {
            return Shed("calls", "The server has too many calls under way.", limits.Concurrency, _retry);
        }

        if (!load.Calls.TryTake())
        {
            _calls.Give();
            return Shed("tenant_calls", "The tenant has too many calls under way.", null, _retry);
        }

        // 5
        if (!load.Rate.TryTake(timestamp, out var retryAfter))
        {
            load.Calls.Give();
            _calls.Give();
            return Shed("tenant_rate", "The tenant sends faster than its rate limit.", null, retryAfter);
        }

        admission = new Admission(principal, _calls, load.Calls);
        return null;
    }

    private CallError? EnterStream(Principal? principal, out Admission admission)
    {
        admission = default;
        if (!_streams.TryTake())
        {
            return Shed("streams", "The server has too many streams open.", limits.Streams, _retry);
        }

        if (principal is not null && !principal.Load.Streams.TryTake())
        {
            _streams.Give();
            return Shed("tenant_streams", "The tenant has too many streams open.", null, _retry);
        }

        admission = new Admission(principal, _streams, principal?.Load.Streams);
        return null;
    }

    private CallError Shed(string reason, string message, int? limit, TimeSpan retryAfter)
    {
        metrics.Shed(reason);
        return new CallError(Code.ResourceExhausted, limit is null ? message : $"{message} The limit is {limit}.") { RetryAfter = retryAfter };
    }
}
