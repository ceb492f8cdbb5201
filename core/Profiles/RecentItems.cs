using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Storage.V1;
using Google.Protobuf.Collections;

namespace Footprint.Grid.Core.Profiles;

/// <summary>
/// The items that a client had to do with last: one entry for each item and event type, with the latest time, oldest
/// first. Past the bound the oldest goes.
/// </summary>
internal sealed class RecentItems
{
    private Entry[] _entries = [];
    private int _resolvedAt = -1;

    public int Count { get; private set; }

    public ref Entry this[int i] => ref _entries[i];

    public void Add(string itemId, string type, long timeMs, bool spent)
    {
        int hash = itemId.GetHashCode(StringComparison.Ordinal);
        int at = Find(hash, itemId, type);
        if (at >= 0)
        {
            if (timeMs <= _entries[at].TimeMs)
            {
                _entries[at].Spent |= spent;
                return;
            }

            spent |= _entries[at].Spent;
            RemoveAt(at);
        }
        else if (Count == ProfileLimits.RecentItems)
        {
            if (IsBefore(timeMs, itemId, type, _entries[0]))
            {
                return;
            }

            RemoveAt(0);
        }

        Insert(new Entry { ItemId = itemId, Type = type, TimeMs = timeMs, Spent = spent, Hash = hash, Slot = -1 });
    }

    /// <summary>Gives the entries their items' slots; looks up only what is new since the last call.</summary>
    public void Resolve(NameTable ids)
    {
        int known = ids.Count;
        if (known == _resolvedAt)
        {
            return;
        }

        for (int i = 0; i < Count; i++)
        {
            ref Entry entry = ref _entries[i];
            if (entry.Slot < 0 && ids.Find(entry.ItemId) is var slot and >= 0)
            {
                entry.Slot = slot;
                entry.ItemId = ids.Name(slot);
            }
        }

        _resolvedAt = known;
    }

    public void Merge(RecentItems other)
    {
        for (int i = 0; i < other.Count; i++)
        {
            ref Entry e = ref other[i];
            Add(e.ItemId, e.Type, e.TimeMs, e.Spent);
        }
    }

    public void Save(RepeatedField<StoredRecentItem> to)
    {
        to.Capacity = Count;
        for (int i = 0; i < Count; i++)
        {
            ref Entry e = ref _entries[i];
            to.Add(new StoredRecentItem { ItemId = e.ItemId, Type = e.Type, TimeMs = e.TimeMs, Spent = e.Spent });
        }
    }

    public void Load(RepeatedField<StoredRecentItem> from, SharedStrings strings)
    {
        _entries = new Entry[Math.Min(from.Count, ProfileLimits.RecentItems)];
        foreach (StoredRecentItem e in from)
        {
            Add(e.ItemId, strings.Share(e.Type), e.TimeMs, e.Spent);
        }
    }

    private int Find(int hash, string itemId, string type)
    {
        for (int i = Count - 1; i >= 0; i--)
        {
            ref Entry e = ref _entries[i];
            if (e.Hash == hash && e.ItemId == itemId && e.Type == type)
            {
                return i;
            }
        }

        return -1;
    }

    private void Insert(in Entry entry)
    {
        if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, Math.Min(ProfileLimits.RecentItems, Math.Max(4, Count + (Count >> 1))));
        }

        int at = Count;
        while (at > 0 && IsBefore(entry.TimeMs, entry.ItemId, entry.Type, _entries[at - 1]))
        {
            at--;
        }

        Array.Copy(_entries, at, _entries, at + 1, Count - at);
        _entries[at] = entry;
        Count++;
        _resolvedAt = -1;
    }

    private void RemoveAt(int at)
    {
        Count--;
        Array.Copy(_entries, at + 1, _entries, at, Count - at);
        _entries[Count] = default;
    }

    private static bool IsBefore(long timeMs, string itemId, string type, in Entry other)
    {
        if (timeMs != other.TimeMs)
        {
            return timeMs < other.TimeMs;
        }

        int order = string.CompareOrdinal(itemId, other.ItemId);
        return order != 0 ? order < 0 : string.CompareOrdinal(type, other.Type) < 0;
    }

    internal struct Entry
    {
        public string ItemId;
        public string Type;
        public long TimeMs;

        /// <summary>Where the catalog has the item; -1 while that is not known.</summary>
        public int Slot;
        public int Hash;
        public bool Spent;
    }
}
