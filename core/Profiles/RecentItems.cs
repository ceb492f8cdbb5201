using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Storage.V1;
using Google.Protobuf.Collections;

namespace Footprint.Grid.Core.Profiles;

/// <summary>
/// The items that a client had to do with last: one entry for each item and event type, with the latest time, oldest
/// first. Those that are spent have a bound of their own, so that no number of views brings back what was bought or
/// dismissed, and so have those of each set of data categories, so that what is withheld takes no room from what is not; past
/// a bound the oldest of its kind goes.
/// </summary>
internal sealed class RecentItems
{
    private const int NotInCatalog = -2;
    private Entry[] _entries = [];
    private int[] _hashes = [];
    private int _resolvedAt = -1;
    private bool _hasNew;
    private int _spent;

    // Acts are of one or two sets of categories mostly.
    private Room[] _rooms = [];

    public int Count { get; private set; }

    /// <summary>Whether some entry is <see cref="Entry.Spent"/>, so that one need not look at all.</summary>
    public bool HasSpent => _spent > 0;

    public ref Entry this[int i] => ref _entries[i];

    /// <summary>Asks for where an event's item goes, and for the last items; see <see cref="ClientProfile.PrefetchTurn"/>.</summary>
    public void PrefetchTurn()
    {
        const int Last = 6;
        Entry[] entries = _entries;
        int end = Math.Min(Count, entries.Length);
        Memory.Prefetch.Span<int>(_hashes);
        Memory.Prefetch.Span<Entry>(entries.AsSpan(Math.Max(0, end - Last), Math.Min(Last, end)));
    }

    public void Add(string itemId, string type, long timeMs, bool spent, bool isDisliked, DataCategories categories)
    {
        int hash = itemId.GetHashCode(StringComparison.Ordinal);
        int at = Find(hash, itemId, type);
        if (at >= 0)
        {
            categories |= _entries[at].Categories;
            spent |= _entries[at].Spent;
            if (timeMs <= _entries[at].TimeMs)
            {
                Tally(_entries[at], -1);
                (_entries[at].Spent, _entries[at].Categories) = (spent, categories);
                Tally(_entries[at], 1);
                Trim(spent, categories);
                return;
            }

            RemoveAt(at);
        }

        Insert(
            new Entry { ItemId = itemId, Type = type, TimeMs = timeMs, Spent = spent, IsDisliked = isDisliked, Categories = categories, Slot = -1 },
            hash);
        Trim(spent, categories);
    }

    /// <summary>Gives the entries their items' slots; looks up only what is new since the last call.</summary>
    public void Resolve(NameTable ids)
    {
        // An item that the catalog lacked is asked for again only when the catalog has new ones.
        int known = ids.Count;
        bool all = known != _resolvedAt;
        if (!all && !_hasNew)
        {
            return;
        }

        for (int i = Count - 1; i >= 0; i--)
        {
            ref Entry entry = ref _entries[i];
            if (entry.Slot == -1 || (all && entry.Slot < 0))
            {
                int slot = ids.Find(entry.ItemId);
                entry.Slot = slot >= 0 ? slot : NotInCatalog;
                entry.ItemId = slot >= 0 ? ids.Name(slot) : entry.ItemId;
            }
        }

        _resolvedAt = known;
        _hasNew = false;
    }

    /// <summary>Asks for the last so many entries, and for all when some are spent.</summary>
    public void Prefetch(int last)
    {
        int count = HasSpent ? Count : Math.Min(last, Count);
        Memory.Prefetch.Span<Entry>(_entries.AsSpan(Count - count, count));
    }

    /// <summary>Leaves out what acts of a category left.</summary>
    public void Forget(DataCategories categories)
    {
        for (int i = Count - 1; i >= 0; i--)
        {
            if ((_entries[i].Categories & categories) != 0)
            {
                RemoveAt(i);
            }
        }
    }

    public void Merge(RecentItems other)
    {
        for (int i = 0; i < other.Count; i++)
        {
            ref Entry e = ref other[i];
            Add(e.ItemId, e.Type, e.TimeMs, e.Spent, e.IsDisliked, e.Categories);
        }
    }

    public void Save(RepeatedField<StoredRecentItem> to)
    {
        to.Capacity = Count;
        for (int i = 0; i < Count; i++)
        {
            ref Entry e = ref _entries[i];
            to.Add(new StoredRecentItem
            {
                ItemId = e.ItemId,
                Type = e.Type,
                TimeMs = e.TimeMs,
                Spent = e.Spent,
                Disliked = e.IsDisliked,
                Categories = (uint)e.Categories,
            });
        }
    }

    public void Load(RepeatedField<StoredRecentItem> from, SharedStrings strings)
    {
        _entries = new Entry[from.Count];
        _hashes = new int[_entries.Length];
        foreach (StoredRecentItem e in from)
        {
            Add(e.ItemId, strings.Share(e.Type), e.TimeMs, e.Spent, e.Disliked, CategoryNames.OfStored(e.Categories));
        }
    }

    private int Find(int hash, string itemId, string type)
    {
        int end = Count;
        int at;
        while ((at = _hashes.AsSpan(0, end).LastIndexOf(hash)) >= 0)
        {
            if (_entries[at].ItemId == itemId && _entries[at].Type == type)
            {
                return at;
            }

            end = at;
        }

        return -1;
    }

    private void Insert(in Entry entry, int hash)
    {
        if (Count == _entries.Length)
        {
            int capacity = Math.Max(4, Count + (Count >> 1));
            Array.Resize(ref _entries, capacity);
            Array.Resize(ref _hashes, capacity);
        }

        int at = Count;
        while (at > 0 && IsBefore(entry.TimeMs, entry.ItemId, entry.Type, _entries[at - 1]))
        {
            at--;
        }

        Array.Copy(_entries, at, _entries, at + 1, Count - at);
        Array.Copy(_hashes, at, _hashes, at + 1, Count - at);
        _entries[at] = entry;
        _hashes[at] = hash;
        Tally(entry, 1);
        Count++;
        _hasNew = true;
    }

    private void Trim(bool spent, DataCategories categories)
    {
        if (RoomOf(spent, categories).Taken > (spent ? ProfileLimits.SpentItems : ProfileLimits.RecentItems))
        {
            int at = 0;
            while (_entries[at].Spent != spent || _entries[at].Categories != categories)
            {
                at++;
            }

            RemoveAt(at);
        }
    }

    private void Tally(in Entry entry, int by)
    {
        RoomOf(entry.Spent, entry.Categories).Taken += by;
        _spent += entry.Spent ? by : 0;
    }

    private ref Room RoomOf(bool spent, DataCategories categories)
    {
        int at = 0;
        while (at < _rooms.Length && (_rooms[at].Spent != spent || _rooms[at].Categories != categories))
        {
            at++;
        }

        if (at == _rooms.Length)
        {
            _rooms = [.. _rooms, new Room { Spent = spent, Categories = categories }];
        }

        return ref _rooms[at];
    }

    private void RemoveAt(int at)
    {
        Tally(_entries[at], -1);
        Count--;
        Array.Copy(_entries, at + 1, _entries, at, Count - at);
        Array.Copy(_hashes, at + 1, _hashes, at, Count - at);
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

    // How many there are of a kind.
    private struct Room
    {
        public DataCategories Categories;
        public bool Spent;
        public int Taken;
    }

    internal struct Entry
    {
        public string ItemId;
        public string Type;
        public long TimeMs;

        /// <summary>Where the catalog has the item; below 0 while it has it nowhere.</summary>
        public int Slot;
        public bool Spent;
        public bool IsDisliked;

        /// <summary>Of all acts that the entry stands for.</summary>
        public DataCategories Categories;
    }
}
