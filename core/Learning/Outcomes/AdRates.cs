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
    private const int LeastRecent = 64;
    private const int PartRecent = 8;

    // Those that were counted since all were, beside all.
    private readonly FrozenDictionary<string, Campaign> _recent;
    private readonly FrozenDictionary<string, Campaign> _campaigns;
    private readonly FrozenDictionary<string, double> _responses;
    private readonly Moments _moments;
    private readonly AdRate _all;

    private AdRates(
        FrozenDictionary<string, Campaign> campaigns, FrozenDictionary<string, Campaign> recent, FrozenDictionary<string, double> responses, Moments moments)
    {
        (_campaigns, _recent, _responses, _moments) = (campaigns, recent, responses, moments);
        _all = moments.Count == 0 ? AdRate.Stated : new AdRate(moments.Mean, Deviation(moments.Shape));
    }

    public static AdRates Empty { get; } =
        new(FrozenDictionary<string, Campaign>.Empty, FrozenDictionary<string, Campaign>.Empty, FrozenDictionary<string, double>.Empty, default);

    /// <summary>Whether so many were counted since all were that it is no more work to count all.</summary>
    public bool IsWorn => _recent.Count > LeastRecent + (_campaigns.Count / PartRecent);

    /// <param name="ads">What is known of each campaign, by its <see cref="AdKey"/>.</param>
    /// <param name="decay">What sums are multiplied by to be those of now.</param>
    public static AdRates Of(IReadOnlyList<LearnedItem> ads, double decay)
    {
        AdRates counted = Empty.With(ads, decay);
        return new AdRates(counted._recent, FrozenDictionary<string, Campaign>.Empty, counted._responses, counted._moments);
    }

    /// <summary>With some campaigns counted anew; of the others the mean of all was that of when they were.</summary>
    public AdRates With(IReadOnlyList<LearnedItem> ads, double decay)
    {
        var responses = new Dictionary<string, double>(_responses, StringComparer.Ordinal);
        Count[][] rows = new Count[ads.Count][];
        Moments moments = _moments;
        for (int i = 0; i < rows.Length; i++)
        {
            if (Find(AdKey.Id(ads[i].Id)) is { } known)
            {
                moments -= known.Own;
                known.AddTo(responses, -1);
            }

            rows[i] = Count.Of(ads[i], decay);
            moments += Sum(rows[i]);
        }

        var recent = new Dictionary<string, Campaign>(_recent, StringComparer.Ordinal);
        for (int i = 0; i < rows.Length; i++)
        {
            var campaign = Campaign.Of(ads[i].Outcomes!, rows[i], moments.Mean, moments.Shape);
            campaign.AddTo(responses, 1);
            recent[AdKey.Id(ads[i].Id)] = campaign;
        }

        return new AdRates(_campaigns, recent.ToFrozenDictionary(StringComparer.Ordinal), responses.ToFrozenDictionary(StringComparer.Ordinal), moments);
    }

    /// <summary>Whether there were <see cref="LeastResponses"/> at a placement.</summary>
    public bool IsLearned(string placement) => _responses.GetValueOrDefault(placement) >= LeastResponses;

    /// <summary>Of a campaign that nothing is known of it is the mean of all.</summary>
    public AdRate Of(string campaignId, string placement, int channel) =>
        IsLearned(placement) ? Find(campaignId)?.At(placement, channel) ?? _all : AdRate.Stated;

    private Campaign? Find(string campaignId) =>
        _recent.TryGetValue(campaignId, out Campaign? recent) ? recent : _campaigns.GetValueOrDefault(campaignId);

    private static Count Sum(ReadOnlySpan<Count> rows)
    {
        Count sum = default;
        foreach (Count row in rows)
        {
            sum += row;
        }

        return sum;
    }

    // A gamma's square of deviation by mean is 1 / shape, a log-normal's exp(s²) - 1.
    private static double Deviation(double shape) => Math.Sqrt(Math.Log(1 + (1 / shape)));

    private static double Posterior(Count count, double mean, double shape) => (count.Responses + shape) / (count.Stated + (shape / mean));

    private readonly record struct Count(double Stated, double Responses)
    {
        public static Count operator +(Count a, Count b) => new(a.Stated + b.Stated, a.Responses + b.Responses);

        // By row. What is taken back leaves roundings.
        public static Count[] Of(LearnedItem ad, double decay)
        {
            ItemOutcomes outcomes = ad.Outcomes!;
            var counts = new Count[outcomes.Count];
            for (int row = 0; row < counts.Length; row++)
            {
                ReadOnlySpan<float> sums = outcomes.Sums(row);
                counts[row] = new Count(Math.Max(0, sums[ItemLayout.StatedOfAd] * outcomes.Part(row) * decay), Math.Max(0, sums[ItemLayout.Liked] * decay));
            }

            return counts;
        }
    }

    // What the mean and the spread of all campaigns come from.
    private readonly record struct Moments(int Count, double Stated, double Responses, double StatedSquares, double ResponseSquares, double Products)
    {
        public double Mean => Posterior(new Count(Stated, Responses), 1, PriorShape);

        // Of the squares of how far responses are from their mean, expanded.
        public double Shape
        {
            get
            {
                double mean = Mean;
                double excess = ResponseSquares - (2 * mean * Products) + (mean * mean * StatedSquares) - (mean * Stated);
                return 1 / Math.Clamp((excess + (PriorWeight * PriorSquare)) / ((mean * mean * StatedSquares) + PriorWeight), LeastSquare, MostSquare);
            }
        }

        public static Moments operator +(Moments m, Count c) => m.Add(c, 1);

        public static Moments operator -(Moments m, Count c) => m.Add(c, -1);

        private Moments Add(Count c, int sign) => new(
            Count + sign,
            Stated + (sign * c.Stated),
            Responses + (sign * c.Responses),
            StatedSquares + (sign * c.Stated * c.Stated),
            ResponseSquares + (sign * c.Responses * c.Responses),
            Products + (sign * c.Stated * c.Responses));
    }

    private sealed class Campaign(Count total, AdRate own, (string Placement, int Channel, AdRate Rate, double Responses)[] rows)
    {
        public Count Own => total;

        public AdRate At(string placement, int channel)
        {
            AdRate rate = own;
            foreach ((string rowPlacement, int rowChannel, AdRate ofRow, _) in rows)
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

        public void AddTo(Dictionary<string, double> responses, int sign)
        {
            foreach ((string placement, int channel, _, double some) in rows)
            {
                if (channel == AnyChannel)
                {
                    responses[placement] = responses.GetValueOrDefault(placement) + (sign * some);
                }
            }
        }

        public static Campaign Of(ItemOutcomes outcomes, Count[] counts, double mean, double shape)
        {
            Count total = Sum(counts);
            var own = new AdRate(Posterior(total, mean, shape), Deviation(total.Responses + shape));
            var rows = new List<(string Placement, int Channel, AdRate Rate, double Responses)>(2 * counts.Length);
            for (int row = 0; row < counts.Length; row++)
            {
                string placement = AdKey.Id(outcomes.Model(row).Placement);
                if (!rows.Exists(r => r.Placement == placement))
                {
                    Count there = default;
                    for (int other = row; other < counts.Length; other++)
                    {
                        there += ReferenceEquals(outcomes.Model(other), outcomes.Model(row)) ? counts[other] : default;
                    }

                    rows.Add((placement, AnyChannel, own with { Mean = Posterior(there, own.Mean, ShapeWithin) }, there.Responses));
                }

                double ofPlacement = rows.Find(r => r.Placement == placement).Rate.Mean;
                rows.Add((placement, outcomes.Channel(row), own with { Mean = Posterior(counts[row], ofPlacement, ShapeWithin) }, counts[row].Responses));
            }

            return new Campaign(total, own, [.. rows]);
        }
    }
}
