namespace Footprint.Grid.Core.Learning.Outcomes;

/// <summary>One placement as the learner keeps it: its sums, decayed, and what was concluded from them last.</summary>
/// <param name="placement">What its sums go by.</param>
internal sealed class PlacementModel(string placement)
{
    public string Placement { get; } = placement;

    public double[] Sums { get; } = new double[PlacementLayout.Count];

    /// <summary>What of them is of picks that may still be liked.</summary>
    public YoungPicks Young { get; } = new();

    /// <summary>What came of the chances that were stated there.</summary>
    public JudgedPicks Judged { get; } = new();

    /// <summary>Items that were shown there lately, to be set as far as that counts by now.</summary>
    public List<LearnedItem> Aged { get; } = [];

    /// <summary>The last entry of its shard's log that it holds; 0 where there is no log.</summary>
    public ulong Through { get; set; }

    public bool IsTouched { get; set; }

    /// <summary>Channels and segments of which items have rows, as bits of <see cref="PlacementKnowledge.Bit"/>.</summary>
    public int Places { get; set; }

    public PlacementKnowledge Latest { get; set; } = PlacementKnowledge.Empty;

    /// <summary>Adds to the sums; what has other than as many places is of another version and left out.</summary>
    public void Add(ReadOnlySpan<double> sums)
    {
        if (sums.Length != Sums.Length)
        {
            return;
        }

        for (int i = 0; i < sums.Length; i++)
        {
            Sums[i] += sums[i];
        }

        // More was taken back than there was: of what was let go of meanwhile.
        if (Sums[PlacementLayout.Products] < 0)
        {
            Clear();
        }
    }

    public void Clear()
    {
        Array.Clear(Sums);
        Young.Clear();
        Judged.Clear();
    }

    public void Scale(double factor)
    {
        for (int i = 0; i < Sums.Length; i++)
        {
            Sums[i] *= factor;
        }

        Young.Scale(factor);
        Judged.Scale(factor);
    }
}
