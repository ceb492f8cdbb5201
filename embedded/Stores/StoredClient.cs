namespace Footprint.Grid.Embedded.Stores;

/// <summary>What a store holds of one client.</summary>
/// <param name="Checkpoint">Empty when there is none.</param>
/// <param name="Journal">The entries journalled since, oldest first; some may be in the checkpoint already.</param>
/// <param name="LastSequence">The highest sequence that the store knows of without looking into the bytes; 0 when none.</param>
/// <param name="Etag">See <see cref="IJournalClient.Etag"/>.</param>
internal sealed record StoredClient(
    ReadOnlyMemory<byte> Checkpoint,
    IReadOnlyList<ReadOnlyMemory<byte>> Journal,
    ulong LastSequence,
    string? Etag)
{
    public static StoredClient None { get; } = new(default, [], 0, null);

    /// <summary>Whether the checkpoint was found as a tombstone, not under the client's id.</summary>
    public bool IsBuried { get; init; }

    public bool IsNone => Checkpoint.IsEmpty && Journal.Count == 0;
}
