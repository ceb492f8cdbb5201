namespace Footprint.Grid.Embedded.Stores;

/// <summary>One definition as stored: the bytes of its message, or none to delete it.</summary>
internal readonly record struct DefinitionRow(DefinitionKind Kind, string Id, byte[]? Data);
