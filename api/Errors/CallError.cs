using Footprint.Grid.Engine;
using Google.Rpc;

namespace Footprint.Grid.Api.Errors;

/// <summary>Why a call is answered with an error, before it takes the shape of its adapter.</summary>
internal sealed record CallError(Code Code, string Message)
{
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>When it makes sense to try again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static CallError Deadline { get; } = new(Code.DeadlineExceeded, "The deadline passed before the answer was there.");

    public static CallError Cancelled { get; } = new(Code.Cancelled, "The caller went away.");

    public static CallError Draining { get; } = new(Code.Unavailable, "The server is shutting down.");

    public static CallError Internal { get; } = new(Code.Internal, "The server failed to answer; its log says why.");

    /// <summary>For what a handler threw; <paramref name="unexpected"/> when it belongs in the log.</summary>
    public static CallError From(Exception exception, bool callerGone, out bool unexpected)
    {
        unexpected = false;
        switch (exception)
        {
            case GridException refused:
                return new CallError(refused.Code, refused.Message) { Faults = refused.Faults };
            case CallException error:
                return error.Error;
            case TimeoutException:
                return Deadline;
            case OperationCanceledException:
                return callerGone ? Cancelled : Deadline;
            default:
                unexpected = !callerGone;
                return callerGone ? Cancelled : Internal;
        }
    }

    public static CallError Invalid(string message, string field = "", string limit = "") =>
        new(Code.InvalidArgument, message) { Faults = field.Length == 0 && limit.Length == 0 ? [] : [new Fault(field, message, limit)] };

    /// <summary>Where nobody counted how much too large.</summary>
    public static CallError TooLarge(int limit) => new(Code.ResourceExhausted, $"A message is larger than the limit of {limit} bytes.")
    {
        Faults = [new Fault("", "message too large", $"at most {limit} bytes")],
    };

    public static CallError TooLarge(long bytes, int limit) =>
        new(Code.ResourceExhausted, $"A message of {bytes} bytes is larger than the limit of {limit} bytes.")
        {
            Faults = [new Fault("", "message too large", $"at most {limit} bytes")],
        };
}
