namespace Footprint.Grid.Bench.Micro;

/// <summary>A ratio of two measurements that were taken side by side again and again.</summary>
/// <param name="Median">Of the ratios of the pairs.</param>
/// <param name="Low">Below it the median lies with a chance of 2.5 %.</param>
/// <param name="High">Above it the median lies with a chance of 2.5 %.</param>
internal readonly record struct PairedRatio(double Median, double Low, double High)
{
    private const double Quantile = 1.96;

    /// <summary>
    /// The interval is that of order statistics: of n pairs the true median lies between those of rank n/2 ± 1.96·√n/2,
    /// whatever law the ratios follow (Conover, Practical Nonparametric Statistics, 3.2).
    /// </summary>
    /// <param name="measured">Of each pair one.</param>
    /// <param name="against">The other one; as many, and none 0.</param>
    public static PairedRatio Of(IReadOnlyList<double> measured, IReadOnlyList<double> against)
    {
        double[] ratios = [.. measured.Zip(against, (one, other) => one / other).Order()];
        var half = Quantile * Math.Sqrt(ratios.Length) / 2;
        var low = (int)Math.Floor((ratios.Length / 2.0) - half);
        var high = (int)Math.Ceiling((ratios.Length / 2.0) + half);
        return new PairedRatio(ratios[ratios.Length / 2], ratios[Math.Max(low - 1, 0)], ratios[Math.Min(high, ratios.Length - 1)]);
    }
}
