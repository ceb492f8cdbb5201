namespace Footprint.Grid.Core.Probes;

/// <summary>How strong the evidence of an interest is, in five steps by its affinity; 0 for none that counts.</summary>
public static class EvidenceLevel
{
    public const int Count = 5;

    private static readonly double[] _from = [0, 2, 4, 8, 16];

    /// <summary>1 to <see cref="Count"/>.</summary>
    public static int Of(double affinity)
    {
        int level = 1;
        while (level < Count && affinity >= _from[level])
        {
            level++;
        }

        return level;
    }

    /// <summary>The affinity from which a level is reached.</summary>
    public static double From(int level) => _from[level - 1];
}
