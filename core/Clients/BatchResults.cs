using Footprint.Grid.Core.Validation;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;
using Google.Protobuf.Collections;
using Google.Rpc;
using Status = Footprint.Grid.V1.RecordResult.Types.Status;

namespace Footprint.Grid.Core.Clients;

/// <summary>What the results of a batch say, act by act.</summary>
public static class BatchResults
{
    public static void Refuse(RecordResult result, Code code, string message) => result.Reject(CodeName.Of(code), message);

    /// <summary>Whether nothing was taken and not one act was at fault itself; the whole call failed then.</summary>
    public static bool AllFailed(RepeatedField<RecordResult> results)
    {
        foreach (RecordResult result in results)
        {
            if (result.Status != Status.Rejected || result.Error.Code == "INVALID_ARGUMENT")
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What was applied is durable now.</summary>
    public static void MarkDurable(RepeatedField<RecordResult> results)
    {
        foreach (RecordResult result in results)
        {
            if (result.Status == Status.Applied)
            {
                result.Status = Status.Durable;
            }
        }
    }

    /// <summary>Whether a failure was the server's and may pass, so that a batch of nothing else fails as a whole.</summary>
    public static bool IsShed(GridException e) => e.Code is Code.ResourceExhausted or Code.Unavailable;
}
