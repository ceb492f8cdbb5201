using Footprint.Grid.Core.Catalog;

namespace Footprint.Grid.Core.Learning.Outcomes;

/// <summary>What outcomes taught about one placement, as of one moment; immutable. Items go by their slots in the catalog.</summary>
internal sealed class PlacementKnowledge
{
    public const int Channels = 8;

    private readonly ChunkedArray<ItemEffect>?[] _effects;

    /// <param name="fit">What its sums say.</param>
    /// <param name="calibration">Of its predictions.</param>
    /// <param name="spread">Standard deviation of items' effects.</param>
    /// <param name="effects">Of each item by channel; the first for channels that have none of their own.</param>
    public PlacementKnowledge(PlacementFit fit, Calibration calibration, double spread, ChunkedArray<ItemEffect>?[] effects)
    {
        Fit = fit;
        Calibration = calibration;
        ItemSpread = spread;
        Spread = (float)ItemEffects.WithChannel(spread);
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

    public ChunkedArray<ItemEffect> Effects(int channel) => _effects[channel < Channels ? channel : 0] ?? _effects[0]!;

    private static PlacementKnowledge Unknown()
    {
        var fit = PlacementFit.Of(new double[PlacementLayout.Count], 1);
        return new PlacementKnowledge(fit, Calibration.None, ItemEffects.PriorSpread(fit.Rate), [new ChunkedArray<ItemEffect>(), .. new ChunkedArray<ItemEffect>?[Channels - 1]]);
    }
}
