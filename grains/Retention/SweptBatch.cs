namespace Footprint.Grid.Grains.Retention;

/// <summary>What a sweep found in one batch of keys.</summary>
/// <param name="Cursor">Where to go on; 0 when all was seen.</param>
/// <param name="Due">Ids of clients of whom something is too old to be kept.</param>
internal sealed record SweptBatch(long Cursor, IReadOnlyCollection<string> Due);
