namespace Footprint.Grid.Engine;

/// <summary>One thing wrong with a request: which field, what about it, and the limit it broke.</summary>
public sealed record Fault(string Field, string Message, string Limit = "");
