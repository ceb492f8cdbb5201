namespace Footprint.Grid.Core.Learning.Outcomes;

/// <summary>
/// How fast what outcomes taught fades, and whole numbers for it: an observation of value v at time t counts
/// v * 2^((t - start of its era) / 14 days) in units of 2^-24, so that sums do not depend on order or grouping.
/// </summary>
internal static class OutcomeDecay
{
    public const double HalfLifeMs = 14.0 * 86_400_000;
    public const double Unit = 1.0 / (1 << 24);

    // Growth within an era is below 2^8.
    private const long EraMs = 8 * 14 * 86_400_000L;

    public static int Era(long timeMs) => (int)Math.Clamp(Math.Floor((double)timeMs / EraMs), -5000, 5000);

    public static long EraStart(int era) => era * EraMs;

    public static double GrowthInEra(long timeMs, int era) => double.Exp2(Math.Clamp((timeMs - EraStart(era)) / HalfLifeMs, 0, 8));
}
