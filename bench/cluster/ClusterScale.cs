namespace Footprint.Grid.Cluster.Bench;

/// <summary>How much is measured, and how long.</summary>
/// <param name="Items">Of the catalog.</param>
/// <param name="Profiles">That clients are drawn from.</param>
/// <param name="Rounds">Of all subjects in turn.</param>
/// <param name="Seconds">Of one subject in one round.</param>
/// <param name="WarmUpSeconds">Of one subject at most.</param>
internal sealed record ClusterScale(int Items, int Profiles, int Rounds, double Seconds, double WarmUpSeconds)
{
    public static ClusterScale Full { get; } = new(10_000, 10_000, 7, 2, 20);

    public static ClusterScale Quick { get; } = new(2_000, 500, 3, 0.5, 4);
}
