namespace Footprint.Grid.Core.Learning.Outcomes;

/// <summary>The places of an item's sums, for one placement and channel or segment: 72 bytes.</summary>
internal static class ItemLayout
{
    /// <summary>Sums of x[i]; the first is the number of times that it was shown.</summary>
    public const int Features = 0;

    /// <summary>Of an ad, which has no other features: the sum of the responses that were stated.</summary>
    public const int StatedOfAd = Features + 1;

    /// <summary>Sum of what likes are worth to learning.</summary>
    public const int Worth = PickFeatures.Count;

    public const int Liked = Worth + 1;

    public const int Reward = Liked + 1;

    public const int Count = Reward + 1;

    /// <inheritdoc cref="PlacementLayout.Brings"/>
    public static bool Brings(ReadOnlySpan<double> sums) => sums is [> 0, ..] || (sums.Length > Liked && sums[Liked] > 0);

    /// <summary>Adds an observation that counts so many units.</summary>
    public static void Add(Span<long> sums, in PickObservation o, double units)
    {
        if (o.IsShown && AdKey.Is(o.ItemId))
        {
            sums[Features] += PlacementLayout.Units(1, units);
            sums[StatedOfAd] += PlacementLayout.Units(o.Predicted, units);
        }
        else if (o.IsShown)
        {
            Span<float> x = stackalloc float[PickFeatures.Count];
            PickFeatures.Unpack(o.Features, x);
            for (int i = 0; i < x.Length; i++)
            {
                sums[Features + i] += PlacementLayout.Units(x[i], units);
            }
        }

        sums[Worth] += PlacementLayout.Units(o.Worth, units);
        sums[Liked] += PlacementLayout.Units(o.Liked, units);
        sums[Reward] += PlacementLayout.Units(o.Reward, units);
    }
}
