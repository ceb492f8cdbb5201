using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Events;

/// <summary>Reads half-lives of event types.</summary>
internal static class HalfLives
{
    /// <summary>The half-life in seconds; 0 when the row has none.</summary>
    public static double HalfLifeSeconds(this EventType row) => row.HalfLife is { } span ? span.Seconds + (span.Nanos / 1e9) : 0;
}
