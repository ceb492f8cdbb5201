using Footprint.Grid.Core.Catalog;

namespace Footprint.Grid.Core.Learning;

/// <summary>
/// Makes the next snapshot of knowledge from what changed, so that it costs no more where there are a million items: 1. items of
/// the catalog that came, went or changed; 2. learned items that changed; 3. where counts have faded since,
/// all items, but so many at each call; 4. what goes with what, for so many items at each call, as <see cref="NeighbourQueue"/> has them.
/// </summary>
internal sealed class SnapshotBuilder
{
    /// <summary>Strengths of an item at the most; 8 bytes each.</summary>
    internal const int MostStrengths = 56;

    private const int AtOnce = 4096;

    // Decay alone moves every count: all are looked at again after six hours.
    private static readonly double _fading = 1 - double.Exp2(-6 * 3_600_000 / EraDecay.OfItems.HalfLifeMs);

    private readonly NeighbourQueue _queue = new();
    private readonly NeighbourRegression _regression = new();
    private readonly PopularHeads _heads = new();
    private readonly List<int> _forgotten = [];
    private KnowledgeSnapshot _latest = KnowledgeSnapshot.Empty;
    private CatalogSnapshot? _catalog;

    // As of which popularity is, so that all of it can be compared.
    private double _scale;

    // How far it is around all items, and how many are left to be ranked, and to be solved for, again.
    private int _hand;
    private int _toRank;
    private int _toQueue;

    /// <summary>Items whose neighbours are to be found out again.</summary>
    public int Waiting => _queue.Count;

    /// <summary>Those of them that changed so much that decisions are to know soon.</summary>
    public int Due => _queue.Due;

    /// <summary>How often an item was looked at so far: what the work grows with.</summary>
    public long Looked { get; private set; }

    /// <inheritdoc cref="PopularHeads.Sought"/>
    public long Sought => _heads.Sought;

    /// <summary>The next snapshot knows nothing of what is in that slot, but for what is learned anew.</summary>
    public void Forget(int slot) => _forgotten.Add(slot);

    /// <param name="catalog">Whose slots the snapshot goes by.</param>
    /// <param name="items">All learned items by number.</param>
    /// <param name="numbers">Their numbers by id.</param>
    /// <param name="touched">Numbers of those that changed since the last call, with their slots.</param>
    /// <param name="mean">Of the counts of all.</param>
    /// <param name="scale">What a count is multiplied by to have its value now.</param>
    /// <param name="mostSolved">For how many items it finds out what goes with them.</param>
    public KnowledgeSnapshot Build(
        CatalogSnapshot catalog, List<LearnedItem> items, Dictionary<string, int> numbers, List<int> touched, double mean, double scale, int mostSolved)
    {
        if (!(Math.Abs((scale / _scale) - 1) < _fading))
        {
            (_scale, _toRank, _toQueue) = (scale, items.Count, items.Count);
        }

        if (touched.Count == 0 && _queue.Count == 0 && _forgotten.Count == 0 && _toRank == 0 && !_heads.IsAtWork && ReferenceEquals(catalog, _catalog))
        {
            return _latest;
        }

        ChunkedArray<float>.Builder popularity = _latest.PopularityBySlot.ToBuilder();
        ChunkedArray<Neighbours>.Builder neighbours = _latest.NeighboursBySlot.ToBuilder();
        foreach (int slot in _forgotten)
        {
            popularity[slot] = 0;
            neighbours[slot] = default;
        }

        _forgotten.Clear();
        Follow(catalog, items, numbers, popularity);
        foreach (int number in touched)
        {
            LearnedItem item = items[number];
            Rank(catalog, item, popularity);
            Enqueue(items, number, item.IsDue ? NeighbourQueue.Line.Due : item.IsSettled ? NeighbourQueue.Line.Later : NeighbourQueue.Line.Changed);
            item.IsTouched = false;
        }

        for (int left = AtOnce; left > 0 && _toRank > 0; left--, _toRank--)
        {
            _hand = _hand + 1 < items.Count ? _hand + 1 : 0;
            Rank(catalog, items[_hand], popularity);
            if (_toQueue > 0)
            {
                _toQueue--;
                Enqueue(items, _hand, NeighbourQueue.Line.Later);
            }
        }

        for (int solved = 0; solved < mostSolved && _queue.TryTake(items, out int number); solved++)
        {
            Looked++;
            LearnedItem item = items[number];
            if (item.Slot >= 0)
            {
                item.Settle();
                neighbours[item.Slot] = Strongest(items, number, mean, scale);
            }
        }

        _heads.Publish(catalog, popularity);
        return _latest = new KnowledgeSnapshot(popularity.Build(), _heads.Best, neighbours.Build(), _heads.Popular, _heads.ByTopic);
    }

    // What the catalog has now and did not have, or had otherwise.
    private void Follow(CatalogSnapshot catalog, List<LearnedItem> items, Dictionary<string, int> numbers, ChunkedArray<float>.Builder popularity)
    {
        if (ReferenceEquals(catalog, _catalog))
        {
            return;
        }

        ChunkedArray<CatalogItem?> before = _catalog?.Items ?? new ChunkedArray<CatalogItem?>();
        _catalog = catalog;
        catalog.Items.Compare(before, slot =>
        {
            if (before[slot] is { } old)
            {
                _heads.Remove(old);
            }

            if (catalog.Items[slot] is { } item && numbers.TryGetValue(item.Id, out int number) && items[number].Slot == slot)
            {
                Rank(catalog, items[number], popularity);
            }
        });
    }

    private void Rank(CatalogSnapshot catalog, LearnedItem item, ChunkedArray<float>.Builder popularity)
    {
        Looked++;
        if (item.Slot < 0)
        {
            return;
        }

        float score = (float)Math.Log(1 + (item.Count * _scale));
        if (popularity[item.Slot] != score)
        {
            popularity[item.Slot] = score;
        }

        if (catalog.Items[item.Slot] is { } known)
        {
            if (score > 0)
            {
                _heads.Offer(known, score);
            }
            else
            {
                _heads.Remove(known);
            }
        }
    }

    // Whoever is not in the catalog is looked at once it is.
    private void Enqueue(List<LearnedItem> items, int number, NeighbourQueue.Line line)
    {
        if (items[number].Slot >= 0)
        {
            _queue.Add(items, number, line);
        }
    }

    private Neighbours Strongest(List<LearnedItem> items, int number, double mean, double scale)
    {
        _regression.Solve(items, number, scale);
        Span<int> slots = stackalloc int[NeighbourRegression.Most];
        Span<float> strengths = stackalloc float[NeighbourRegression.Most];
        int count = 0;
        for (int i = 0; i < _regression.Count; i++)
        {
            LearnedItem other = items[_regression.Numbers[i]];
            float strength = _regression.Weights[i] * (float)Math.Sqrt(Math.Sqrt(other.Count / mean));
            if (strength > 0)
            {
                slots[count] = other.Slot;
                strengths[count++] = -strength;
            }
        }

        if (count == 0)
        {
            return default;
        }

        strengths[..count].Sort(slots[..count]);
        count = Math.Min(count, MostStrengths);
        for (int i = 0; i < count; i++)
        {
            strengths[i] = -strengths[i];
        }

        return new Neighbours(slots[..count], strengths[..count]);
    }
}
