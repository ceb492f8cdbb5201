namespace Footprint.Grid.Grains.Storage;

/// <summary>What Redis holds of one client, all of it as of one moment.</summary>
/// <param name="Checkpoint">Empty when there is none.</param>
/// <param name="Etag">Empty when there is none; any other text is some writer's.</param>
/// <param name="Journal">The entries since, oldest first; some may be in the checkpoint already.</param>
/// <param name="Problem">Why it cannot be what any version wrote; null mostly.</param>
internal sealed record StoredClient(
    ReadOnlyMemory<byte> Checkpoint, string Etag, IReadOnlyList<ReadOnlyMemory<byte>> Journal, string? Problem = null);
