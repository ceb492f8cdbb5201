using Footprint.Grid.V1;

namespace Footprint.Grid.Conformance.Faults;

/// <summary>What the contract says of a REJECTED event.</summary>
internal static class Refusals
{
    private static readonly string[] _passing = ["UNAVAILABLE", "RESOURCE_EXHAUSTED", "DEADLINE_EXCEEDED"];

    /// <summary>Whether the event may be sent again: it was not acknowledged, and nothing is wrong with it.</summary>
    public static bool MayPass(RecordResult result) => result.Status == RecordResult.Types.Status.Rejected && _passing.Contains(result.Error?.Code);

    /// <summary>Likewise as a history has it.</summary>
    public static bool MayPass(string status, string error) => status == "REJECTED" && _passing.Any(code => error.StartsWith(code + ":", StringComparison.Ordinal));
}
