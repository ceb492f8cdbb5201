namespace Footprint.Grid.Node.Import;

/// <summary>One line of the file that is to become an item.</summary>
/// <param name="Number">Counted from 1.</param>
internal readonly record struct ImportLine(long Number, ReadOnlyMemory<byte> Json);
