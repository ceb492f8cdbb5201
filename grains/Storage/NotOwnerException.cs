namespace Footprint.Grid.Grains.Storage;

/// <summary>This cluster may not write now: somebody else owns the Redis, or did for a while. Nothing was written.</summary>
internal sealed class NotOwnerException(string message) : Exception(message);
