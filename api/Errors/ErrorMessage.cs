using Footprint.Grid.V1;

namespace Footprint.Grid.Api.Errors;

/// <summary>An error as the contract's own message, which JSON answers with and gRPC sends along.</summary>
internal static class ErrorMessage
{
    public static Error From(CallError error)
    {
        var message = new Error { Code = Codes.Name(error.Code), Message = error.Message };
        if (error.Faults.Count > 0)
        {
            message.Field = error.Faults[0].Field;
            message.Limit = error.Faults[0].Limit;
        }

        foreach (var fault in error.Faults)
        {
            message.Violations.Add(new Error.Types.Violation { Field = fault.Field, Message = fault.Message, Limit = fault.Limit });
        }

        return message;
    }
}
