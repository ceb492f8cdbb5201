namespace Footprint.Grid.Grains.Retention;

/// <summary>What came of one batch.</summary>
/// <param name="Cursor">Where to go on; 0 when all was seen.</param>
/// <param name="Unfolded">Clients that may be idle, but whose journal is not in their checkpoint yet.</param>
internal sealed record SweptBatch(long Cursor, int Removed, IReadOnlyList<string> Unfolded);
