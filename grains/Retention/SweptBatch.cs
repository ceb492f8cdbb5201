using Footprint.Grid.Engine;

namespace Footprint.Grid.Grains.Retention;

/// <summary>What a sweep found in one batch of keys.</summary>
/// <param name="Cursor">Where to go on; 0 when all was seen.</param>
/// <param name="Due">Clients who have something to let go of, or are in other segments than they were.</param>
internal sealed record SweptBatch(long Cursor, IReadOnlyCollection<ClientKey> Due);
