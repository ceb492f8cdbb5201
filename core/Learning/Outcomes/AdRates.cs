using System.Collections.Frozen;

namespace Footprint.Grid.Core.Learning.Outcomes;

/// <summary>
/// How often each campaign is responded to, by placement and channel, as multiples of the responses stated of it; by
/// empirical Bayes with gamma priors on Poisson counts (Gelman et al., Bayesian Data Analysis, 2.6; Efron and Morris, JASA
/// 1975, for the spread). With L responses where E were stated (of ads shown lately as far as <see cref="YoungPicks"/> says), the mean of all is m = (L + 4) / (E + 4). Campaigns' rates are
/// drawn from a gamma of mean m and shape a = 1 / t², t² = (Σ ((L - mE)² - mE) + w t0²) / (Σ (mE)² + w) being their spread,
/// with a guess t0 of a half that counts as a campaign with ten responses stated. A campaign's posterior mean is
/// (L + a) / (E + a / m): the mean of all when it is new, its own rate when it is old. A placement's departs from that, and a
/// channel's from the placement's, by a quarter: likewise with 16 for a. Immutable.
/// </summary>
internal sealed class AdRates
{
    /// <summary>Responses from which on a placement counts as one whose outcomes are reported; before, what is stated holds.</summary>
    public const double LeastResponses = 10;

    private const double PriorSquare = 0.25;
    private const double PriorWeight = 100;
    private const double PriorShape = 1 / PriorSquare;
    private const double LeastSquare = 0.0025;
    private const double MostSquare = 1;
    private const double ShapeWithin = 16;
    private const int AnyChannel = -1;

    private readonly FrozenDictionary<string, Campaign> _campaigns;
    private readonly FrozenSet<string> _placements;
    private readonly AdRate _all;

    private AdRates(FrozenDictionary<string, Campaign> campaigns, FrozenSet<string> placements, AdRate all) =>
        (_campaigns, _placements, _all) = (campaigns, placements, all);

    public static AdRates Empty { get; } = new(FrozenDictionary<string, Campaign>.Empty, FrozenSet<string>.Empty, AdRate.Stated);

    /// <param name="ads">What is known of each campaign, by its <see cref="AdKey"/>.</param>
    /// <param name="decay">What sums are multiplied by to be those of now.</param>
    public static AdRates Of(IReadOnlyList<LearnedItem> ads, double decay)
    {
        var placements = new Dictionary<string, double>(StringComparer.Ordinal);
        Count all = default;
        Count[] own = new Count[ads.Count];
        for (int i = 0; i < own.Length; i++)
        {
            ItemOutcomes rows = ads[i].Outcomes!;
            for (int row = 0; row < rows.Count; row++)
            {
                Count count = Count.Of(ads[i], row, decay);
                own[i] += count;
                string placement = AdKey.Id(rows.Model(row).Placement);
                placements[placement] = placements.GetValueOrDefault(placement) + count.Responses;
            }

            all += own[i];
        }

        double mean = Posterior(all, 1, PriorShape);
        double shape = 1 / Spread(own, mean);
        var campaigns = new Dictionary<string, Campaign>(ads.Count, StringComparer.Ordinal);
        for (int i = 0; i < own.Length; i++)
        {
            campaigns[AdKey.Id(ads[i].Id)] = Campaign.Of(ads[i], own[i], mean, shape, decay);
        }

        return new AdRates(
            campaigns.ToFrozenDictionary(StringComparer.Ordinal),
            placements.Where(p => p.Value >= LeastResponses).Select(p => p.Key).ToFrozenSet(StringComparer.Ordinal),
            new AdRate(mean, Deviation(shape)));
    }

    /// <summary>Whether there were <see cref="LeastResponses"/> at a placement.</summary>
    public bool IsLearned(string placement) => _placements.Contains(placement);

    /// <summary>Of a campaign that nothing is known of it is the mean of all.</summary>
    public AdRate Of(string campaignId, string placement, int channel) =>
        !IsLearned(placement) ? AdRate.Stated
        : _campaigns.TryGetValue(campaignId, out Campaign? campaign) ? campaign.At(placement, channel) : _all;

    private static double Spread(ReadOnlySpan<Count> campaigns, double mean)
    {
        (double squares, double excess) = (PriorWeight, PriorWeight * PriorSquare);
        foreach (Count campaign in campaigns)
        {
            double expected = mean * campaign.Stated;
            double off = campaign.Responses - expected;
            squares += expected * expected;
            excess += (off * off) - expected;
        }

        return Math.Clamp(excess / squares, LeastSquare, MostSquare);
    }

    // A gamma's square of deviation by mean is 1 / shape, a log-normal's exp(s²) - 1.
    private static double Deviation(double shape) => Math.Sqrt(Math.Log(1 + (1 / shape)));

    private static double Posterior(Count count, double mean, double shape) => (count.Responses + shape) / (count.Stated + (shape / mean));

    private readonly record struct Count(double Stated, double Responses)
    {
        public static Count operator +(Count a, Count b) => new(a.Stated + b.Stated, a.Responses + b.Responses);

        // What is taken back leaves roundings.
        public static Count Of(LearnedItem ad, int row, double decay)
        {
            ReadOnlySpan<float> sums = ad.Outcomes!.Sums(row);
            double part = ad.Outcomes.Part(row);
            return new Count(Math.Max(0, sums[ItemLayout.StatedOfAd] * part * decay), Math.Max(0, sums[ItemLayout.Liked] * decay));
        }
    }

    private sealed class Campaign(AdRate own, (string Placement, int Channel, AdRate Rate)[] rows)
    {
        public AdRate At(string placement, int channel)
        {
            AdRate rate = own;
            foreach ((string rowPlacement, int rowChannel, AdRate ofRow) in rows)
            {
                if (rowPlacement == placement)
                {
                    if (rowChannel == channel)
                    {
                        return ofRow;
                    }

                    rate = rowChannel == AnyChannel ? ofRow : rate;
                }
            }

            return rate;
        }

        public static Campaign Of(LearnedItem ad, Count total, double mean, double shape, double decay)
        {
            ItemOutcomes outcomes = ad.Outcomes!;
            var own = new AdRate(Posterior(total, mean, shape), Deviation(total.Responses + shape));
            var rows = new List<(string Placement, int Channel, AdRate Rate)>(2 * outcomes.Count);
            for (int row = 0; row < outcomes.Count; row++)
            {
                PlacementModel model = outcomes.Model(row);
                string placement = AdKey.Id(model.Placement);
                Count there = default;
                for (int other = 0; other < outcomes.Count; other++)
                {
                    there += ReferenceEquals(outcomes.Model(other), model) ? Count.Of(ad, other, decay) : default;
                }

                double ofPlacement = Posterior(there, own.Mean, ShapeWithin);
                if (!rows.Exists(r => r.Placement == placement))
                {
                    rows.Add((placement, AnyChannel, own with { Mean = ofPlacement }));
                }

                rows.Add((placement, outcomes.Channel(row), own with { Mean = Posterior(Count.Of(ad, row, decay), ofPlacement, ShapeWithin) }));
            }

            return new Campaign(own, [.. rows]);
        }
    }
}
