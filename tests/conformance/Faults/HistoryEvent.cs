namespace Footprint.Grid.Conformance.Faults;

/// <summary>An event as the history knows it. Its item belongs to no other event, so a profile shows whether it is in.</summary>
internal sealed record HistoryEvent(string Id, string Client, string Type, string Item);
