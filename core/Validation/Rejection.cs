using Footprint.Grid.Engine;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Validation;

/// <summary>Turns a result into a refusal that says all that was wrong.</summary>
internal static class Rejection
{
    public static void Reject(this RecordResult result, IReadOnlyList<Fault> faults)
    {
        result.Reject("INVALID_ARGUMENT", faults[0].Message, faults[0].Field, faults[0].Limit);
        foreach (Fault fault in faults)
        {
            result.Error.Violations.Add(new Error.Types.Violation { Field = fault.Field, Message = fault.Message, Limit = fault.Limit });
        }
    }

    public static void Reject(this RecordResult result, string code, string message, string field = "", string limit = "")
    {
        result.Status = RecordResult.Types.Status.Rejected;
        result.Error = new Error { Code = code, Message = message, Field = field, Limit = limit };
    }
}
