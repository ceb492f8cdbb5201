namespace Footprint.Grid.Core.Learning;

/// <summary>
/// How fast what is learned fades, and whole numbers for it: an observation of value v at time t counts
/// v * 2^((t - start of its era) / half-life) in units of 2^-24, so that sums do not depend on order or grouping. Eras are
/// eight half-lives long and numbered from the epoch, so growth within one is below 2^8.
/// </summary>
internal sealed class EraDecay(int halfLifeDays, int mostEra)
{
    public const double Unit = 1.0 / (1 << 24);
    private const long DayMs = 86_400_000;
    private const int HalfLives = 8;

    private readonly long _eraMs = HalfLives * halfLifeDays * DayMs;

    /// <summary>Of how often items were had to do with, alone and together.</summary>
    public static EraDecay OfItems { get; } = new(60, 1000);

    /// <summary>Of what was shown and liked.</summary>
    public static EraDecay OfOutcomes { get; } = new(14, 5000);

    public double HalfLifeMs { get; } = (double)halfLifeDays * DayMs;

    public int Era(long timeMs) => (int)Math.Clamp(Math.Floor((double)timeMs / _eraMs), -mostEra, mostEra);

    public long EraStart(int era) => era * _eraMs;

    public double GrowthInEra(long timeMs, int era) => double.Exp2(Math.Clamp((timeMs - EraStart(era)) / HalfLifeMs, 0, HalfLives));
}
