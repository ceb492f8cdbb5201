using Google.Rpc;

namespace Footprint.Grid.Core.Clients;

/// <summary>A status code as the API spells it.</summary>
public static class CodeName
{
    public static string Of(Code code) => code switch
    {
        Code.ResourceExhausted => "RESOURCE_EXHAUSTED",
        Code.Unavailable => "UNAVAILABLE",
        Code.DataLoss => "DATA_LOSS",
        Code.FailedPrecondition => "FAILED_PRECONDITION",
        Code.InvalidArgument => "INVALID_ARGUMENT",
        Code.NotFound => "NOT_FOUND",
        Code.Cancelled => "CANCELLED",
        Code.DeadlineExceeded => "DEADLINE_EXCEEDED",
        _ => "INTERNAL",
    };
}
