namespace Footprint.Grid.Node.Import;

/// <summary>How far an import is.</summary>
internal readonly record struct ImportCounts(long Items, long BadLines, long Bytes);
