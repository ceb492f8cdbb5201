namespace Footprint.Grid.Core.Decisions;

/// <summary>The best k by insertion into a short sorted list; of equals the lower slot first.</summary>
internal sealed class TopScores
{
    private readonly Entry[] _entries = new Entry[Clients.RequestValidator.MaxPicks];

    /// <summary>How many are kept.</summary>
    public int Bound { get; private set; }

    public int Count { get; private set; }

    /// <summary>The score of the last of a full list: most of what is offered is less.</summary>
    public float Least { get; private set; }

    public bool IsFull => Count == Bound;

    public ref readonly Entry this[int i] => ref _entries[i];

    public void Clear(int bound)
    {
        Bound = bound;
        Count = 0;
        Least = float.NegativeInfinity;
    }

    /// <param name="slot">Of the item.</param>
    /// <param name="score">What it is sorted by.</param>
    /// <param name="coVisit">The part of the score that comes of what goes with what.</param>
    public void Offer(int slot, float score, float coVisit)
    {
        if (score < Least || (Count == Bound && !IsBefore(score, slot, _entries[Count - 1])))
        {
            return;
        }

        int at = Count < Bound ? Count++ : Count - 1;
        for (; at > 0 && IsBefore(score, slot, _entries[at - 1]); at--)
        {
            _entries[at] = _entries[at - 1];
        }

        _entries[at] = new Entry(slot, score, coVisit);
        if (Count == Bound)
        {
            Least = _entries[Count - 1].Score;
        }
    }

    /// <summary>Puts one after all that are there, whatever its score.</summary>
    public void Append(int slot, float score, float coVisit) => _entries[Count++] = new Entry(slot, score, coVisit);

    /// <summary>Changes an entry with the one before it.</summary>
    public void Swap(int at) => (_entries[at - 1], _entries[at]) = (_entries[at], _entries[at - 1]);

    private static bool IsBefore(float score, int slot, in Entry than) => score != than.Score ? score > than.Score : slot < than.Slot;

    internal readonly record struct Entry(int Slot, float Score, float CoVisit);
}
