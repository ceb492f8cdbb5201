namespace Footprint.Grid.Core.Learning.Outcomes;

/// <summary>
/// By when likes come: F(a), the part of all likes that have come a minutes after the pick was shown. Estimated by
/// occurrence and exposure, since what was shown a moment ago can have no long delays yet (right truncation; Kalbfleisch and
/// Lawless, JASA 1989): of h likes with delays of bin k, where E picks are old enough for such a delay, the density is in
/// proportion to h / E. Straight lines between the bins' ends; the first bin, a minute, counts as over. Where nothing was
/// liked F is 1. Immutable.
/// </summary>
internal sealed class DelayCurve
{
    // A few early likes of the oldest picks are not to be taken for more than twenty times what they are.
    private const double LeastExposed = 0.05;

    private readonly double[] _through;

    private DelayCurve(double[] through) => _through = through;

    /// <summary>Likes that are known at once.</summary>
    public static DelayCurve None { get; } = new([.. Enumerable.Repeat(1.0, OutcomeDelays.Count)]);

    /// <param name="likes">By delay.</param>
    /// <param name="exposed">The part of all picks, 0 to 1, that are old enough for the delay.</param>
    public static DelayCurve Of(ReadOnlySpan<double> likes, ReadOnlySpan<double> exposed)
    {
        double[] through = new double[OutcomeDelays.Count];
        double all = 0;
        for (int k = 0; k < through.Length; k++)
        {
            // What is taken back leaves roundings.
            all += Math.Max(0, likes[k]) / Math.Max(exposed[k], LeastExposed);
            through[k] = all;
        }

        if (!(all > 0))
        {
            return None;
        }

        for (int k = 0; k < through.Length; k++)
        {
            through[k] /= all;
        }

        return new DelayCurve(through);
    }

    /// <summary>F.</summary>
    public double At(double minutes)
    {
        int k = 0;
        while (minutes >= OutcomeDelays.End(k))
        {
            if (++k == OutcomeDelays.Count)
            {
                return 1;
            }
        }

        if (k == 0)
        {
            return _through[0];
        }

        double part = (minutes - OutcomeDelays.Start(k)) / (OutcomeDelays.End(k) - OutcomeDelays.Start(k));
        return _through[k - 1] + (part * (_through[k] - _through[k - 1]));
    }

    /// <summary>In minutes: the end of the first bin through which F is that much.</summary>
    public double Quantile(double part)
    {
        int k = 0;
        while (k < OutcomeDelays.Count - 1 && _through[k] < part)
        {
            k++;
        }

        return OutcomeDelays.End(k);
    }
}
