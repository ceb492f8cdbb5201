namespace Footprint.Grid.Core.Profiles;

/// <summary>Stored bytes that cannot be trusted. Whoever meets one quarantines the record and never overwrites it.</summary>
public sealed class CorruptRecordException(string message, Exception? inner = null) : Exception(message, inner);
