namespace Footprint.Grid.Grains.Storage;

/// <summary>
/// Where the tombstone of a client would be, and what is there. Whoever goes on from a client without a checkpoint says
/// what tombstone it knows: else one that does not know of an erasure yet could write what was erased anew.
/// </summary>
/// <param name="Key">In Redis; a keyed hash, from which the client cannot be told.</param>
/// <param name="Tombstone">Empty when there is none.</param>
internal sealed record Grave(string Key, byte[] Tombstone);
