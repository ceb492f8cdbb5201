using Footprint.Grid.Bench.Load;

namespace Footprint.Grid.Bench.Accuracy;

/// <summary>What a replay came to.</summary>
/// <param name="Trace">That was played.</param>
/// <param name="Stream">Of the events: messages and their latency until durable.</param>
/// <param name="Picks">For everybody, many at once.</param>
/// <param name="Alone">Picks one at a time, for a latency without a queue.</param>
/// <param name="Learning">Part of one core that learning in the background took, from the first event until all that follows from them was published.</param>
/// <param name="NotPersonal">Picks that no profile had a part in.</param>
/// <param name="Grid">The node's hits.</param>
/// <param name="Popularity">What is popular for everybody.</param>
/// <param name="Neighbours">Item-based nearest neighbours.</param>
internal sealed record AccuracyResult(
    Trace Trace,
    LoadResult Stream,
    LoadResult Picks,
    LoadResult Alone,
    double Learning,
    int NotPersonal,
    HitCounter Grid,
    HitCounter Popularity,
    HitCounter Neighbours)
{
    /// <summary>What <see cref="Learning"/> may be at the most.</summary>
    public const double MostLearning = 0.20;

    public double EventsPerSecond => Trace.Played / Stream.Elapsed.TotalSeconds;
}
