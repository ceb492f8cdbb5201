namespace Footprint.Grid.Grains.Storage;

/// <summary>Redis did not do what it was asked, or did not say that it did: a write may have been done.</summary>
internal sealed class StoreException(string message, Exception? inner = null) : Exception(message, inner);
