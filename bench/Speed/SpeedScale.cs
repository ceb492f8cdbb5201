namespace Footprint.Grid.Bench.Speed;

/// <summary>How much is measured, and how long.</summary>
/// <param name="Profiles">That clients are drawn from.</param>
/// <param name="ManyItems">Of the large catalog.</param>
/// <param name="Rounds">Of all subjects in turn.</param>
/// <param name="Seconds">Of one subject in one round.</param>
/// <param name="WarmUpSeconds">Of one subject at most.</param>
internal sealed record SpeedScale(int Profiles, int ManyItems, int Rounds, double Seconds, double WarmUpSeconds)
{
    public const int FewItems = 10_000, Candidates = 100;

    public static SpeedScale Full { get; } = new(100_000, 1_000_000, 7, 2, 30);

    public static SpeedScale Quick { get; } = new(2_000, 50_000, 2, 0.5, 2);
}
