using Footprint.Grid.Core.Catalog;

namespace Footprint.Grid.Core.Learning.Outcomes;

/// <summary>What outcomes taught about one placement, as of one moment; immutable. Items go by their slots in the catalog.</summary>
internal sealed class PlacementKnowledge
{
    public const int Channels = 8;

    /// <summary>Effects by channel, then departures of who is in each segment, then of who is not.</summary>
    public const int Places = Channels + (2 * PickFeatures.MostSegments);

    private readonly ChunkedArray<ItemEffect>?[] _effects;

    /// <param name="fit">What its sums say.</param>
    /// <param name="calibration">Of its predictions.</param>
    /// <param name="spread">Standard deviation of items' effects.</param>
    /// <param name="effects">Of each item by channel, the first for channels that have none of their own, and how much each segment, and who is not in it, departs from that.</param>
    public PlacementKnowledge(PlacementFit fit, Calibration calibration, double spread, ChunkedArray<ItemEffect>?[] effects)
    {
        Fit = fit;
        Calibration = calibration;
        ItemSpread = spread;
        Spread = (float)ItemEffects.WithChannel(spread);
        SegmentSpread = (float)ItemEffects.OfSegment(spread);
        _effects = effects;
    }

    /// <summary>Of a placement without outcomes: the prior.</summary>
    public static PlacementKnowledge Empty { get; } = Unknown();

    public PlacementFit Fit { get; }

    public Calibration Calibration { get; }

    /// <summary>Standard deviation of items' effects.</summary>
    public double ItemSpread { get; }

    /// <summary>How uncertain an item is that nothing is known about.</summary>
    public float Spread { get; }

    /// <summary>How uncertain a segment's departure is that nothing is known about.</summary>
    public float SegmentSpread { get; }

    /// <summary>A bit for what a row of an item's sums is about, channels first; 0 for nothing that is told apart.</summary>
    public static int Bit(int row) => row < Channels ? 1 << row
        : row - ItemOutcomes.OfSegment(0) is >= 0 and < PickFeatures.MostSegments and var segment ? 1 << (Channels + segment) : 0;

    /// <summary>How much items depart for who is in a segment, or is not; null when nothing is known of that segment.</summary>
    public ChunkedArray<ItemEffect>? Departures(int segment, bool isIn) => _effects[Channels + segment + (isIn ? 0 : PickFeatures.MostSegments)];

    public ChunkedArray<ItemEffect> Effects(int channel) => _effects[(uint)channel < Channels ? channel : 0] ?? _effects[0]!;

    private static PlacementKnowledge Unknown()
    {
        var fit = PlacementFit.Of(new double[PlacementLayout.Count], 1);
        return new PlacementKnowledge(fit, Calibration.None, ItemEffects.PriorSpread(fit.Rate), [new ChunkedArray<ItemEffect>(), .. new ChunkedArray<ItemEffect>?[Places - 1]]);
    }
}
