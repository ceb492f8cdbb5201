namespace Footprint.Grid.Core.Hashing;

/// <summary>Shares of the line from 0 to 1 that <see cref="StableHash"/> puts clients on, as GrowthBook divides it.</summary>
public static class Buckets
{
    // How far weights may add up to something other than 1 before they are taken for a mistake.
    private const double Tolerance = 0.01;

    /// <summary>As many equal weights; none for fewer than one.</summary>
    public static double[] EqualWeights(int count)
    {
        double[] weights = new double[Math.Max(0, count)];
        Array.Fill(weights, 1.0 / Math.Max(1, count));
        return weights;
    }

    /// <summary>
    /// A range for each variation, one after the other by their weights, of each its first part by the coverage (0 to 1).
    /// Weights that are too many, too few or do not add up to 1 count as equal.
    /// </summary>
    public static (double Start, double End)[] Ranges(int count, double coverage, IReadOnlyList<double>? weights)
    {
        coverage = Math.Clamp(coverage, 0, 1);
        if (weights is null || weights.Count != count || Math.Abs(weights.Sum() - 1) > Tolerance)
        {
            weights = EqualWeights(count);
        }

        var ranges = new (double, double)[Math.Max(0, count)];
        double start = 0;
        for (int i = 0; i < ranges.Length; i++)
        {
            ranges[i] = (start, start + (coverage * weights[i]));
            start += weights[i];
        }

        return ranges;
    }

    /// <summary>The range that a hash falls into, start included, end excluded; -1 for none.</summary>
    public static int Choose(double hash, ReadOnlySpan<(double Start, double End)> ranges)
    {
        for (int i = 0; i < ranges.Length; i++)
        {
            if (hash >= ranges[i].Start && hash < ranges[i].End)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Whether a client is in that part of a namespace, whose parts exclude each other.</summary>
    public static bool InNamespace(string clientId, string name, double start, double end) =>
        StableHash.Of("__" + name, clientId, 1) is { } hash && hash >= start && hash < end;
}
