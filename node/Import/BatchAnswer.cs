namespace Footprint.Grid.Node.Import;

/// <summary>What the node said to a batch.</summary>
/// <param name="Faults">By index into the batch; none when it was taken.</param>
/// <param name="Failure">Why nothing can be done about it; null when it was taken or has faults.</param>
internal sealed record BatchAnswer(IReadOnlyList<(int Index, LineFault Fault)> Faults, string? Failure)
{
    public static readonly BatchAnswer Taken = new([], null);

    public bool IsTaken => Failure is null && Faults.Count == 0;
}
