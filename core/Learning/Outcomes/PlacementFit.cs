namespace Footprint.Grid.Core.Learning.Outcomes;

/// <summary>
/// What the sums of a placement say. The prior is the fixed ranking itself: its terms' weights times a constant by which
/// the mean score is the mean rate of likes, (likes + 1) / (picks + 20), each as uncertain as it is large. So with no
/// outcomes picks are ranked as without learning, and the scale is the placement's own.
/// </summary>
internal sealed class PlacementFit
{
    private const int D = PickFeatures.Count;
    private const double PriorLikes = 1;
    private const double PriorPicks = 20;
    private const double PriorScore = 0.5;
    private const double LeastScore = 0.1;
    private const double LeastRange = 0.5;

    private PlacementFit(LinearPosterior posterior, double rate, double scale) => (Posterior, Rate, Scale) = (posterior, rate, scale);

    public LinearPosterior Posterior { get; }

    /// <summary>Share of picks that are liked.</summary>
    public double Rate { get; }

    /// <summary>Probability by unit of score.</summary>
    public double Scale { get; }

    /// <summary>Variance of what a pick is worth, about the mean.</summary>
    public double Variance => Rate * (1 - Rate);

    /// <param name="sums">As <see cref="PlacementLayout"/> places them, relative to a landmark.</param>
    /// <param name="decay">What they are multiplied by to be those of now.</param>
    public static PlacementFit Of(ReadOnlySpan<double> sums, double decay)
    {
        Span<double> products = stackalloc double[PlacementLayout.Responses];
        Span<double> responses = stackalloc double[D];
        for (int i = 0; i < products.Length; i++)
        {
            products[i] = sums[PlacementLayout.Products + i] * decay;
        }

        for (int i = 0; i < D; i++)
        {
            responses[i] = sums[PlacementLayout.Responses + i] * decay;
        }

        double picks = Math.Max(0, products[0]);
        double rate = Math.Clamp((responses[0] + PriorLikes) / (picks + PriorPicks), 1e-6, 1 - 1e-6);
        double score = PriorPicks * PriorScore;
        for (int i = 0; i < PickFeatures.OfItem; i++)
        {
            // Row i + 1 of the products begins with the sum of that feature.
            score += PickFeatures.Ranges[i] * products[(i + 1) * (i + 2) / 2];
        }

        double scale = rate / Math.Max(score / (picks + PriorPicks), LeastScore);
        Span<double> prior = stackalloc double[D];
        Span<double> deviation = stackalloc double[D];
        deviation.Fill(rate);
        prior.Clear();
        for (int i = 0; i < PickFeatures.OfItem; i++)
        {
            prior[1 + i] = scale * PickFeatures.Ranges[i];
            deviation[1 + i] = scale * Math.Max(PickFeatures.Ranges[i], LeastRange);
        }

        return new PlacementFit(LinearPosterior.Fit(products, responses, prior, deviation, rate * (1 - rate)), rate, scale);
    }
}
