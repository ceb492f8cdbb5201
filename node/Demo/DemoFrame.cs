namespace Footprint.Grid.Node.Demo;

/// <summary>What the demo shows after a round.</summary>
/// <param name="News">What happened that a viewer should know, for example a change of taste; null for nothing.</param>
internal sealed record DemoFrame(TimeSpan Elapsed, long Events, long Picks, IReadOnlyList<DemoRow> Rows, string? News);
