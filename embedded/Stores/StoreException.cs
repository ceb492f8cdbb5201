namespace Footprint.Grid.Embedded.Stores;

/// <summary>A store could not do what it was asked; the same call may work later.</summary>
internal class StoreException(string message, Exception? inner = null) : Exception(message, inner);
