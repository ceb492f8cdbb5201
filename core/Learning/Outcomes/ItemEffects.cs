using Footprint.Grid.Core.Catalog;

namespace Footprint.Grid.Core.Learning.Outcomes;

/// <summary>
/// How much more an item is liked at a placement than what it is judged by explains, by empirical Bayes (Efron and Morris,
/// JASA 1975). Of item j, shown n times (as far as that counts: <see cref="YoungPicks"/>) with features adding up to X and worth y in all, the residual is r = y - m'X. Effects
/// are drawn from N(0, t²), and of n picks with variance s² each the residual has variance n² t² + n s², so
/// t² = (Σ (r² - n s²) + w t0²) / (Σ n² + w), with a guess t0 of half the rate of likes that counts as ten items shown ten
/// times. The effect's posterior is N(t² r / (n t² + s²), t² s² / (n t² + s²)): nothing for a new item, its own mean for an
/// old one. The effect on one channel is estimated likewise by that channel's picks, from what the others say of the item and t² / 4 around it;
/// the departure of a segment of clients from what the item leaves, with t² / 4.
/// </summary>
internal sealed class ItemEffects(PlacementModel model, PlacementFit fit)
{
    private const double PriorWeight = 1000;
    private const double OfChannel = 0.25;
    private double _squares = PriorWeight;
    private double _excess = PriorWeight * Square(PriorSpread(fit.Rate));

    /// <summary>t0.</summary>
    public static double PriorSpread(double rate) => 0.5 * rate;

    /// <summary>Standard deviation of an item's effect on one channel.</summary>
    public static double WithChannel(double spread) => spread * Math.Sqrt(1 + OfChannel);

    /// <summary>Standard deviation of how much a segment departs from an item's effect.</summary>
    public static double OfSegment(double spread) => spread * Math.Sqrt(OfChannel);

    /// <summary>t, from all items that were looked at.</summary>
    public double Spread => Math.Sqrt(Math.Max(_excess / _squares, Square(0.05 * fit.Rate)));

    /// <summary>Counts an item for the spread.</summary>
    public void LookAt(LearnedItem item, double decay)
    {
        (double picks, double residual) = Total(item, decay);
        _squares += picks * picks;
        _excess += (residual * residual) - (picks * fit.Variance);
    }

    /// <summary>Sets an item's effects by channel, and how much who is in each segment, or not, departs from them.</summary>
    public void Set(LearnedItem item, double decay, double spread, int slot, ChunkedArray<ItemEffect>.Builder?[] effects)
    {
        double variance = spread * spread;
        double ofChannel = OfChannel * variance;
        (double picks, double residual) = Total(item, decay);
        (double mean, _) = Posterior(picks, residual, variance);
        for (int place = 0; place < effects.Length; place++)
        {
            if (effects[place] is not { } builder)
            {
                continue;
            }

            (double ownPicks, double ownResidual) = place == 0 ? (0, 0) : OfPlace(item, place, picks, residual, decay);
            (double from, double around) = (mean, ofChannel);
            if (place < PlacementKnowledge.Channels)
            {
                // What the other channels say, and how far this one may be from it: nothing that is known is counted twice.
                (from, around) = Posterior(Math.Max(0, picks - ownPicks), residual - ownResidual, variance);
                around += ofChannel;
            }

            (double own, double rest) = Posterior(ownPicks, ownResidual - (ownPicks * from), around);
            builder[slot] = new ItemEffect((float)(place < PlacementKnowledge.Channels ? from + own : own), (float)Math.Sqrt(rest));
        }
    }

    private static double Square(double x) => x * x;

    private (double Mean, double Variance) Posterior(double picks, double residual, double variance)
    {
        double weight = (picks * variance) + fit.Variance;
        return (variance * residual / weight, variance * fit.Variance / weight);
    }

    private (double Picks, double Residual) Total(LearnedItem item, double decay)
    {
        ItemOutcomes rows = item.Outcomes!;
        (double picks, double residual) = (0, 0);
        for (int row = 0; row < rows.Count; row++)
        {
            if (ReferenceEquals(rows.Model(row), model) && !rows.IsOfSegment(row))
            {
                (double n, double r) = OfSums(rows.Sums(row), rows.Part(row), decay);
                (picks, residual) = (picks + n, residual + r);
            }
        }

        return (picks, residual);
    }

    // Who is not in a segment is all the others.
    private (double Picks, double Residual) OfPlace(LearnedItem item, int place, double picks, double residual, double decay)
    {
        const int Outside = PlacementKnowledge.Channels + PickFeatures.MostSegments;
        if (place < PlacementKnowledge.Channels)
        {
            return OfRow(item, place, decay);
        }

        (double ownPicks, double ownResidual) = OfRow(item, ItemOutcomes.OfSegment((place - PlacementKnowledge.Channels) % PickFeatures.MostSegments), decay);
        return place < Outside ? (ownPicks, ownResidual) : (Math.Max(0, picks - ownPicks), residual - ownResidual);
    }

    private (double Picks, double Residual) OfRow(LearnedItem item, int channel, double decay)
    {
        ItemOutcomes rows = item.Outcomes!;
        for (int row = 0; row < rows.Count; row++)
        {
            if (rows.Channel(row) == channel && ReferenceEquals(rows.Model(row), model))
            {
                return OfSums(rows.Sums(row), rows.Part(row), decay);
            }
        }

        return (0, 0);
    }

    private (double Picks, double Residual) OfSums(ReadOnlySpan<float> sums, double part, double decay)
    {
        // Likes that came before it was told what they are of say nothing yet.
        if (!(sums[ItemLayout.Features] > 0))
        {
            return (0, 0);
        }

        double expected = 0;
        for (int i = 0; i < PickFeatures.Count; i++)
        {
            expected += (double)fit.Posterior.Mean[i] * sums[ItemLayout.Features + i];
        }

        return (sums[ItemLayout.Features] * part * decay, (sums[ItemLayout.Worth] - (expected * part)) * decay);
    }
}
