namespace Footprint.Grid.Embedded.Stores;

/// <summary>A profile's bytes as of one journal entry.</summary>
/// <param name="Client">Whose they are.</param>
/// <param name="Sequence">The last journal entry in them.</param>
/// <param name="Data">The bytes.</param>
/// <param name="Tombstone">
/// Set when nothing is left of the client but the time of its erasure: the row is kept under this key then, and nothing
/// under the client's id any more.
/// </param>
/// <param name="WasErased">The client was erased at some time: nothing from before may be left of it in quarantine.</param>
internal readonly record struct CheckpointRow(IJournalClient Client, ulong Sequence, byte[] Data, byte[]? Tombstone = null, bool WasErased = false);
