namespace Footprint.Grid.Core.Learning.Outcomes;

/// <summary>What was shown at a placement from one minute to another.</summary>
internal sealed class YoungSlot(int start, int end)
{
    /// <summary>In minutes since the epoch.</summary>
    public int Start { get; } = start;

    /// <summary>Likewise, just past it.</summary>
    public int End { get; } = end;

    /// <summary>
    /// The part of the placement's sums, of <see cref="PlacementLayout.OfShown"/> alone; the first is the number of picks. As exact as those: what is
    /// left where hardly anything counts yet would else be roundings, of which nothing can be fitted.
    /// </summary>
    public double[] Sums { get; } = new double[PlacementLayout.OfShown.Length];

    public double Age(double minute) => Math.Max(0, minute - ((Start + End) / 2.0));

    public void Add(YoungSlot other)
    {
        for (int i = 0; i < Sums.Length; i++)
        {
            Sums[i] += other.Sums[i];
        }
    }

    public void Scale(double factor)
    {
        for (int i = 0; i < Sums.Length; i++)
        {
            Sums[i] *= factor;
        }
    }
}
