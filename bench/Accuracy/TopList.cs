namespace Footprint.Grid.Bench.Accuracy;

/// <summary>The ten best of the items offered; of equals the one that came first.</summary>
internal sealed class TopList
{
    private readonly int[] _items = new int[HitCounter.ListLength];
    private readonly double[] _scores = new double[HitCounter.ListLength];
    private int _count;

    public void Clear() => _count = 0;

    /// <summary>The best first.</summary>
    public ReadOnlySpan<int> Items => _items.AsSpan(0, _count);

    public void Offer(int item, double score)
    {
        if (_count == _items.Length && score <= _scores[_count - 1])
        {
            return;
        }

        var place = _count < _items.Length ? _count++ : _count - 1;
        for (; place > 0 && _scores[place - 1] < score; place--)
        {
            _scores[place] = _scores[place - 1];
            _items[place] = _items[place - 1];
        }

        _items[place] = item;
        _scores[place] = score;
    }
}
