namespace Footprint.Grid.Embedded.Stores;

/// <summary>Somebody else wrote, or may write: what this process believes about the store is out of date.</summary>
internal sealed class StoreConflictException(string message) : StoreException(message);
