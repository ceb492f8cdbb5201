namespace Footprint.Grid.Core.Learning.Outcomes;

/// <summary>One placement as the learner keeps it: its sums, decayed, and what was concluded from them last.</summary>
/// <param name="placement">What its sums go by.</param>
/// <param name="room">For what was shown of all placements lately.</param>
internal sealed class PlacementModel(string placement, YoungPicks.Room? room = null)
{
    public string Placement { get; } = placement;

    public double[] Sums { get; } = new double[PlacementLayout.Count];

    /// <summary>What of them is of picks that may still be liked.</summary>
    public YoungPicks Young { get; } = new(room ?? new YoungPicks.Room());

    /// <summary>The last entry of its shard's log that it holds; 0 where there is no log.</summary>
    public ulong Through { get; set; }

    public bool IsTouched { get; set; }

    /// <summary>Channels and segments of which items have rows, as bits of <see cref="PlacementKnowledge.Bit"/>.</summary>
    public int Places { get; set; }

    public PlacementKnowledge Latest { get; set; } = PlacementKnowledge.Empty;

    /// <summary>Adds to the sums; what has other than as many places is of another version and left out.</summary>
    public void Add(ReadOnlySpan<double> sums)
    {
        if (sums.Length == Sums.Length)
        {
            for (int i = 0; i < sums.Length; i++)
            {
                Sums[i] += sums[i];
            }
        }
    }

    public void Scale(double factor)
    {
        for (int i = 0; i < Sums.Length; i++)
        {
            Sums[i] *= factor;
        }

        Young.Scale(factor);
    }
}
