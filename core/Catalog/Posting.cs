namespace Footprint.Grid.Core.Catalog;

/// <summary>The items of one topic, those that are most about it first; of equals the one that came last.</summary>
internal sealed class Posting
{
    private readonly Entry[] _entries;

    private Posting(Entry[] entries) => _entries = entries;

    public static Posting Empty { get; } = new([]);

    public int Count => _entries.Length;

    public int Slot(int i) => _entries[i].Slot;

    /// <summary>The posting less the removed slots and with the added ones.</summary>
    public Posting With(HashSet<int> removed, List<Entry> added)
    {
        added.Sort();
        var merged = new List<Entry>(_entries.Length + added.Count);
        int next = 0;
        foreach (Entry old in _entries)
        {
            if (removed.Count > 0 && removed.Contains(old.Slot))
            {
                continue;
            }

            while (next < added.Count && added[next].CompareTo(old) < 0)
            {
                merged.Add(added[next++]);
            }

            merged.Add(old);
        }

        merged.AddRange(added.Skip(next));
        return new Posting([.. merged]);
    }

    internal readonly record struct Entry(float Share, int Slot) : IComparable<Entry>
    {
        public int CompareTo(Entry other) => Share != other.Share ? other.Share.CompareTo(Share) : other.Slot.CompareTo(Slot);
    }
}
