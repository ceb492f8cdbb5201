namespace Footprint.Grid.Node.Import;

/// <summary>How an import ended.</summary>
/// <param name="Failure">Why it stopped before the end of the file; null when it did not.</param>
internal sealed record ImportResult(ImportCounts Counts, string? Failure)
{
    public bool IsWhole => Failure is null && Counts.BadLines == 0;
}
