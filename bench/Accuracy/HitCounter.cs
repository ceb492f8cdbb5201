namespace Footprint.Grid.Bench.Accuracy;

/// <summary>
/// Hit rate and normalized discounted cumulative gain of ranked lists of ten (Järvelin and Kekäläinen 2002): a right answer at
/// rank r, from 0, gains 1 / log2(r + 2), and a list's gain is divided by that of the best possible one.
/// </summary>
internal sealed class HitCounter
{
    public const int ListLength = 10;
    private double _gain;
    private long _hits;

    public long Lists { get; private set; }

    /// <summary>Share of lists that hold a right answer.</summary>
    public double HitRate => (double)_hits / Math.Max(1, Lists);

    public double Ndcg => _gain / Math.Max(1, Lists);

    /// <param name="list">The best first; what comes after ten does not count.</param>
    /// <param name="heldOut">The right answers; without any the list is not counted.</param>
    public void Add(ReadOnlySpan<int> list, ReadOnlySpan<int> heldOut)
    {
        if (heldOut.IsEmpty)
        {
            return;
        }

        double gain = 0, best = 0;
        for (var rank = 0; rank < ListLength; rank++)
        {
            var worth = 1 / Math.Log2(rank + 2);
            gain += rank < list.Length && heldOut.Contains(list[rank]) ? worth : 0;
            best += rank < heldOut.Length ? worth : 0;
        }

        Lists++;
        _hits += gain > 0 ? 1 : 0;
        _gain += gain / best;
    }
}
