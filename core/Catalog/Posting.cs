namespace Footprint.Grid.Core.Catalog;

/// <summary>
/// The items of one topic, those that are most about it first; of equals the one that came last. Kept as a long sorted
/// run and a short one of what came since, so that adding to a topic of many items does not copy them each time.
/// </summary>
internal sealed class Posting
{
    private const int MostRecent = 512;
    private readonly Entry[] _run;
    private readonly Entry[] _recent;

    private Posting(Entry[] run, Entry[] recent) => (_run, _recent) = (run, recent);

    public static Posting Empty { get; } = new([], []);

    public int Count => _run.Length + _recent.Length;

    public LeadingSlots Lead
    {
        get
        {
            Span<int> slots = stackalloc int[LeadingSlots.Most];
            return new LeadingSlots(slots[..First(slots)]);
        }
    }

    /// <summary>One of its items, from 0 on, in no order that means anything.</summary>
    public Entry At(int i) => i < _run.Length ? _run[i] : _recent[i - _run.Length];

    /// <summary>The first slots, as many as fit; gives how many there are.</summary>
    public int First(Span<int> slots)
    {
        int count = Math.Min(slots.Length, Count);
        int fromRun = 0;
        int fromRecent = 0;
        for (int i = 0; i < count; i++)
        {
            bool recent = fromRecent < _recent.Length
                && (fromRun == _run.Length || _recent[fromRecent].CompareTo(_run[fromRun]) < 0);
            slots[i] = recent ? _recent[fromRecent++].Slot : _run[fromRun++].Slot;
        }

        return count;
    }

    /// <summary>The posting less the removed slots and with the added ones.</summary>
    public Posting With(HashSet<int> removed, List<Entry> added)
    {
        added.Sort();
        bool isRewrite = removed.Count > 0 || _recent.Length + added.Count > MostRecent;
        Entry[] recent = Merge(_recent, added, removed);
        return isRewrite ? new Posting(Merge(_run, recent, removed), []) : new Posting(_run, recent);
    }

    private static Entry[] Merge(Entry[] old, IReadOnlyList<Entry> added, HashSet<int> removed)
    {
        var merged = new List<Entry>(old.Length + added.Count);
        int next = 0;
        foreach (Entry entry in old)
        {
            if (removed.Count > 0 && removed.Contains(entry.Slot))
            {
                continue;
            }

            while (next < added.Count && added[next].CompareTo(entry) < 0)
            {
                merged.Add(added[next++]);
            }

            merged.Add(entry);
        }

        for (; next < added.Count; next++)
        {
            merged.Add(added[next]);
        }

        return [.. merged];
    }

    internal readonly record struct Entry(float Share, int Slot) : IComparable<Entry>
    {
        public int CompareTo(Entry other) => Share != other.Share ? other.Share.CompareTo(Share) : other.Slot.CompareTo(Slot);
    }
}
