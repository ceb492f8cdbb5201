namespace Footprint.Grid.Bench.Evaluation;

/// <summary>
/// What another policy would have been worth, from a log with propensities. With w = chance under the policy / logged
/// propensity: inverse propensity scoring is the mean of w r (Horvitz and Thompson, JASA 1952); self-normalised Σ w r / Σ w
/// (Swaminathan and Joachims, NIPS 2015), its error by the delta method; doubly robust the mean of
/// Σ p(a) q(a) + w (r - q(action)) (Dudik, Langford and Li, ICML 2011), its model q the mean reward of an action at a place,
/// shrunk to that of all, and learnt on other parts of the log than it is used on.
/// </summary>
internal static class OffPolicy
{
    private const int Folds = 5;
    private const double Lean = 20;

    public static Estimate InversePropensity(IReadOnlyList<LoggedDecision> log, TargetPolicy policy) =>
        Known(log, policy, Estimate.OfMean([.. log.Select(d => Weight(d, policy) * d.Reward)]));

    public static Estimate SelfNormalised(IReadOnlyList<LoggedDecision> log, TargetPolicy policy)
    {
        var weights = log.Sum(d => Weight(d, policy));
        if (weights == 0)
        {
            return new Estimate(0, double.PositiveInfinity);
        }

        var value = log.Sum(d => Weight(d, policy) * d.Reward) / weights;
        return new Estimate(value, Math.Sqrt(log.Sum(d => Square(Weight(d, policy) * (d.Reward - value)))) / weights);
    }

    public static Estimate DoublyRobust(IReadOnlyList<LoggedDecision> log, TargetPolicy policy)
    {
        var terms = new double[log.Count];
        for (var fold = 0; fold < Folds; fold++)
        {
            var model = new RewardModel(log.Where((_, i) => i % Folds != fold), Lean);
            for (var i = fold; i < log.Count; i += Folds)
            {
                var d = log[i];
                var expected = policy.At(d).Sum(a => a.Value * model.Reward(d.Place, a.Key));
                terms[i] = expected + (Weight(d, policy) * (d.Reward - model.Reward(d.Place, d.Action)));
            }
        }

        return Known(log, policy, Estimate.OfMean(terms));
    }

    /// <summary>How many decisions of the policy itself the log is worth: (Σ w)² / Σ w².</summary>
    public static double EffectiveSize(IReadOnlyList<LoggedDecision> log, TargetPolicy policy)
    {
        var squares = log.Sum(d => Square(Weight(d, policy)));
        return squares == 0 ? 0 : Square(log.Sum(d => Weight(d, policy))) / squares;
    }

    // A log without one decision that the policy would make says nothing about it, however alike its terms are.
    private static Estimate Known(IReadOnlyList<LoggedDecision> log, TargetPolicy policy, Estimate estimate) =>
        log.Any(d => policy.Chance(d) > 0) ? estimate : estimate with { Error = double.PositiveInfinity };

    private static double Weight(LoggedDecision d, TargetPolicy policy) => policy.Chance(d) / d.Propensity;

    private static double Square(double x) => x * x;
}
