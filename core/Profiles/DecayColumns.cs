namespace Footprint.Grid.Core.Profiles;

/// <summary>
/// The half-lives that a profile's evidence decays with, one column each, and the landmark that all evidence is relative
/// to. Forward decay: an event of weight w at time t adds w * 2^((t - L) / h) to its column, and the value at any later
/// time T is that sum times 2^((L - T) / h), which is the sum over events of w * 2^(-(T - t) / h) whatever their order.
/// Source: Cormode, Shkapenyuk, Srivastava, Xu, "Forward Decay", ICDE 2009.
/// </summary>
internal sealed class DecayColumns
{
    /// <summary>The landmark moves before a term would exceed 2^60, so sums stay far from overflow.</summary>
    private const double MostExponent = 60;

    private double[] _halfLivesMs = [];

    public int Count => _halfLivesMs.Length;

    public long LandmarkMs { get; private set; }

    public double HalfLifeSeconds(int column) => _halfLivesMs[column] / 1000;

    /// <summary>What a term of that time is multiplied by; at most 2^60 after <see cref="NeedsRebase"/> was obeyed.</summary>
    public double Growth(int column, long timeMs) => Exp2((timeMs - LandmarkMs) / _halfLivesMs[column]);

    /// <summary>What a column's sum is multiplied by to have its value at that time.</summary>
    public double Decay(int column, long nowMs) => Exp2((LandmarkMs - nowMs) / _halfLivesMs[column]);

    public bool NeedsRebase(int column, long timeMs) => (timeMs - LandmarkMs) / _halfLivesMs[column] > MostExponent;

    public void Prefetch() => Memory.Prefetch.Span<double>(_halfLivesMs);

    public void MoveLandmark(long toMs) => LandmarkMs = toMs;

    /// <summary>The column of that half-life, a new one, or past the bound the one nearest in ratio.</summary>
    public int ColumnOf(double halfLifeSeconds)
    {
        double ms = halfLifeSeconds * 1000;
        int at = Array.IndexOf(_halfLivesMs, ms);
        if (at >= 0)
        {
            return at;
        }

        if (Count < ProfileLimits.HalfLives)
        {
            Array.Resize(ref _halfLivesMs, Count + 1);
            _halfLivesMs[^1] = ms;
            return Count - 1;
        }

        return Nearest(ms);
    }

    private int Nearest(double ms)
    {
        int best = 0;
        for (int i = 1; i < Count; i++)
        {
            if (Math.Abs(Math.Log(ms / _halfLivesMs[i])) < Math.Abs(Math.Log(ms / _halfLivesMs[best])))
            {
                best = i;
            }
        }

        return best;
    }

    private static double Exp2(double x) => x == 0 ? 1 : double.Exp2(x);
}
