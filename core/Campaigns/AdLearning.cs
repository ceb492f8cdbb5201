using Footprint.Grid.Core.Decisions;
using Footprint.Grid.Core.Learning.Outcomes;

namespace Footprint.Grid.Core.Campaigns;

/// <summary>What outcomes taught about the ads of a placement.</summary>
/// <param name="Rates">Of all campaigns.</param>
/// <param name="Placement">Where, and what counts as liked there, as <see cref="LearningKey"/> says.</param>
/// <param name="Channel">Number of the request's channel.</param>
/// <param name="Seed">All chance of a decision that explores; null for one that does not.</param>
internal readonly record struct AdLearning(AdRates Rates, string Placement, int Channel, ulong? Seed)
{
    /// <summary>Whether responses are reported there, so that what is predicted goes by them.</summary>
    public bool IsLearned => Rates.IsLearned(Placement);

    /// <summary>
    /// The ad's rate, and a draw from its posterior (Thompson sampling), the gamma taken for a log-normal of the same mean and
    /// spread. A line item has the mean of all: it is not learned of.
    /// </summary>
    public (double Mean, double Drawn) Of(in Ad ad)
    {
        AdRate rate = Rates.Of(ad.IsCampaign ? ad.Id : "", Placement, Channel);
        if (Seed is not { } seed || !ad.IsCampaign || rate.Deviation == 0)
        {
            return (rate.Mean, rate.Mean);
        }

        double deviation = rate.Deviation;
        return (rate.Mean, rate.Mean * Math.Exp((deviation * Chance.Normal(seed, (uint)ad.Place)) - (deviation * deviation / 2)));
    }
}
