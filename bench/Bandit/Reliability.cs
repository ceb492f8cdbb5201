namespace Footprint.Grid.Bench.Bandit;

/// <summary>Stated chances held against what came of them.</summary>
internal sealed class Reliability
{
    private const int Bins = 10;
    private readonly double[] _stated = new double[Bins];
    private readonly int[] _liked = new int[Bins];
    private readonly int[] _count = new int[Bins];
    private double _squares;

    public int Count => _count.Sum();

    /// <summary>Share of likes: what the constant predictor would state, had it known.</summary>
    public double Rate => (double)_liked.Sum() / Count;

    /// <summary>Expected calibration error over ten bins.</summary>
    public double Error => Enumerable.Range(0, Bins).Sum(b => Math.Abs(_stated[b] - _liked[b])) / Count;

    public double Brier => _squares / Count;

    /// <summary>Of predicting the base rate.</summary>
    public double BrierOfRate => Rate * (1 - Rate);

    public IEnumerable<(double Stated, double Liked, int Count)> Points => Enumerable.Range(0, Bins)
        .Where(b => _count[b] > 0)
        .Select(b => (_stated[b] / _count[b], (double)_liked[b] / _count[b], _count[b]));

    public void Add(double stated, bool liked)
    {
        var bin = Math.Min((int)(stated * Bins), Bins - 1);
        _stated[bin] += stated;
        _count[bin]++;
        _liked[bin] += liked ? 1 : 0;
        _squares += Math.Pow(stated - (liked ? 1 : 0), 2);
    }
}
