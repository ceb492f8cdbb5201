namespace Footprint.Grid.Embedded.Stores;

/// <summary>A profile's bytes as of one journal entry.</summary>
internal readonly record struct CheckpointRow(IJournalClient Client, ulong Sequence, byte[] Data);
