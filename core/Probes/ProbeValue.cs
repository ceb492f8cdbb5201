using Footprint.Grid.Core.Decisions;
using Footprint.Grid.Core.Profiles;

namespace Footprint.Grid.Core.Probes;

/// <summary>
/// What the answer to a probe is expected to be worth: the expected value of perfect information (Howard, "Information
/// value theory", IEEE Transactions on Systems Science and Cybernetics 2, 1966) when a ranking is charged the square of
/// what it adds too much or too little for an interest. The ranking adds s = S(a) for the affinity a now, S being
/// <see cref="ContentRanker.Saturate"/>; after a yes it will add y = S(1.5 (a + w)), w being what a confirmation adds, and after
/// a no nothing. With p the probability of a yes and r that of any answer,
/// <code>r * (p * (y - s)^2 + (1 - p) * s^2) * value</code>
/// p and r are unknown and stand here by their beta posteriors (<see cref="ProbeKnowledge"/>); as the formula is linear in
/// either, its expectation over them is its value at their means.
/// </summary>
internal static class ProbeValue
{
    public static double Of(float affinity, double confirmation, double yesRate, double answerRate, double value)
    {
        double now = ContentRanker.Saturate(affinity);
        double yes = ContentRanker.Saturate(TrustLadder.ConfirmedWeight * (affinity + (float)confirmation));
        return answerRate * ((yesRate * (yes - now) * (yes - now)) + ((1 - yesRate) * now * now)) * value;
    }
}
