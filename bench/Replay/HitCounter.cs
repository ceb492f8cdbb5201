namespace Footprint.Grid.Bench.Replay;

/// <summary>
/// Hit rate and normalized discounted cumulative gain of ranked lists of ten with one right answer each (Järvelin and
/// Kekäläinen 2002): a hit at rank r, from 0, gains 1 / log2(r + 2).
/// </summary>
internal sealed class HitCounter
{
    public const int ListLength = 10;
    private double _gain;
    private long _hits;

    public long Lists { get; private set; }

    /// <summary>Share of lists that hold the right answer.</summary>
    public double HitRate => (double)_hits / Math.Max(1, Lists);

    public double Ndcg => _gain / Math.Max(1, Lists);

    /// <param name="rank">Of the right answer, from 0; negative when the list does not hold it.</param>
    public void Add(int rank)
    {
        Lists++;
        if (rank is >= 0 and < ListLength)
        {
            _hits++;
            _gain += 1 / Math.Log2(rank + 2);
        }
    }
}
