namespace Footprint.Grid.Core.Storage;

/// <summary>Stored bytes that could not be trusted, kept as they were found.</summary>
/// <param name="Tenant">Whose they are; empty when not even that can be told.</param>
/// <param name="Kind"><c>profile</c>, <c>segment</c>, <c>definition</c> or <c>knowledge</c>.</param>
/// <param name="Id">The client, segment number or definition; a record of the same tenant, kind and id is replaced.</param>
/// <param name="Reason">What was wrong.</param>
/// <param name="TimeMs">When that was found out.</param>
/// <param name="Data">The bytes; for a profile a checkpoint and its journal entries, each after its length as a 32-bit little-endian number.</param>
public sealed record QuarantineRecord(string Tenant, string Kind, string Id, string Reason, long TimeMs, byte[] Data);
