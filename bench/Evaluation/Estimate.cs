namespace Footprint.Grid.Bench.Evaluation;

/// <summary>What a policy is worth a decision, with the standard error of that.</summary>
internal readonly record struct Estimate(double Value, double Error)
{
    private const double Of95 = 1.96;

    /// <summary>Ends of the 95 % confidence interval.</summary>
    public double Low => Value - (Of95 * Error);

    public double High => Value + (Of95 * Error);

    public bool Holds(double value) => value >= Low && value <= High;

    /// <summary>The mean of independent terms.</summary>
    public static Estimate OfMean(IReadOnlyList<double> terms)
    {
        var mean = terms.Average();
        var squares = terms.Sum(t => (t - mean) * (t - mean));
        return new Estimate(mean, Math.Sqrt(squares / Math.Max(1, terms.Count - 1) / terms.Count));
    }
}
