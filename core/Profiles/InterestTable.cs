using Footprint.Grid.Core.Catalog;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Profiles;

/// <summary>
/// A client's interests: for each topic the decayed evidence by half-life, counts and trust. Laid out in columns so that
/// a decision reads affinities in one pass. Past the bound the interest with the least evidence goes, an inferred or
/// probed one before one that the client spoke about.
/// </summary>
internal sealed partial class InterestTable
{
    private readonly DecayColumns _columns = new();
    private Entry[] _entries = [];
    private const int NotInCatalog = -2;
    private int[] _hashes = [];
    private Mark[] _marks = [];
    private double[] _evidence = [];
    private int _width;
    private int _resolvedAt = -1;
    private bool _hasNew;

    public int Count { get; private set; }

    public DecayColumns Columns => _columns;

    public ref Entry this[int i] => ref _entries[i];

    public ReadOnlySpan<Mark> Marks => _marks.AsSpan(0, Count);

    public double Evidence(int i, int column) => column < _width ? _evidence[(i * _width) + column] : 0;

    public int Find(string topic)
    {
        int hash = topic.GetHashCode(StringComparison.Ordinal);
        int from = 0;
        int at;
        while ((at = _hashes.AsSpan(from, Count - from).IndexOf(hash)) >= 0)
        {
            if (_entries[from + at].Topic == topic)
            {
                return from + at;
            }

            from += at + 1;
        }

        return -1;
    }

    /// <summary>Evidence of one event for its topics; a weight may be negative.</summary>
    public void Add(IReadOnlyList<TopicWeight> topics, double weight, double halfLifeSeconds, bool active, bool declared, long timeMs)
    {
        if (topics.Count == 0)
        {
            return;
        }

        int column = PrepareColumn(halfLifeSeconds, timeMs);
        double unit = weight * _columns.Growth(column, timeMs);
        for (int t = 0; t < topics.Count; t++)
        {
            int i = FindOrAdd(topics[t].Topic, timeMs);
            ref Entry entry = ref _entries[i];
            _evidence[(i * _width) + column] += unit * topics[t].Weight;
            entry.LastSeenMs = Math.Max(entry.LastSeenMs, timeMs);
            if (active)
            {
                entry.ActiveCount++;
            }
            else
            {
                entry.PassiveCount++;
            }

            if (declared)
            {
                SetTrust(i, Interest.Types.Trust.Declared, timeMs);
            }
        }

        Evict();
    }

    /// <summary>The client's answer about a topic; a later one holds, and of two at the same instant the more careful.</summary>
    public void Answer(string topic, Interest.Types.Trust trust, long timeMs, double weight, double halfLifeSeconds)
    {
        int i = FindOrAdd(topic, timeMs);
        if (weight != 0)
        {
            int column = PrepareColumn(halfLifeSeconds, timeMs);
            _evidence[(i * _width) + column] += weight * _columns.Growth(column, timeMs);
        }

        ref Entry entry = ref _entries[i];
        entry.ActiveCount++;
        entry.LastSeenMs = Math.Max(entry.LastSeenMs, timeMs);
        SetTrust(i, trust, timeMs);
        Evict();
    }

    /// <summary>An interest as it was stored, with evidence in this table's own columns.</summary>
    public void Put(in Entry theirs, ReadOnlySpan<double> evidence)
    {
        int i = FindOrAdd(theirs.Topic, theirs.LastSeenMs);
        ref Entry entry = ref _entries[i];
        entry.PassiveCount += theirs.PassiveCount;
        entry.ActiveCount += theirs.ActiveCount;
        entry.LastSeenMs = Math.Max(entry.LastSeenMs, theirs.LastSeenMs);
        SetTrust(i, theirs.Trust, theirs.TrustMs);
        for (int c = 0; c < evidence.Length; c++)
        {
            _evidence[(i * _width) + c] += evidence[c];
        }
    }

    public void Merge(InterestTable other)
    {
        Span<int> columns = stackalloc int[other._columns.Count];
        for (int c = 0; c < columns.Length; c++)
        {
            columns[c] = PrepareColumn(other._columns.HalfLifeSeconds(c), other._columns.LandmarkMs);
        }

        Span<double> evidence = stackalloc double[_columns.Count];
        for (int i = 0; i < other.Count; i++)
        {
            evidence.Clear();
            for (int c = 0; c < columns.Length; c++)
            {
                evidence[columns[c]] += other.Evidence(i, c) * _columns.Growth(columns[c], other._columns.LandmarkMs);
            }

            Put(other[i], evidence);
        }

        Evict();
    }

    /// <summary>Back to an empty table with that landmark and those half-lives, before stored interests are put in.</summary>
    public void Restore(long landmarkMs, IReadOnlyList<double> halfLivesSeconds, int capacity)
    {
        _columns.MoveLandmark(landmarkMs);
        foreach (double halfLife in halfLivesSeconds)
        {
            _columns.ColumnOf(halfLife);
        }

        _entries = new Entry[capacity];
        _hashes = new int[capacity];
        _marks = new Mark[capacity];
        _evidence = [];
        Widen(_columns.Count);
    }

    /// <summary>Gives the interests their topics' numbers; looks up only what is new since the last call.</summary>
    public void Resolve(NameTable topics)
    {
        // A topic that the catalog lacked is asked for again only when the catalog has new ones.
        int known = topics.Count;
        bool all = known != _resolvedAt;
        if (!all && !_hasNew)
        {
            return;
        }

        for (int i = 0; i < Count; i++)
        {
            if (_marks[i].Slot == -1 || (all && _marks[i].Slot < 0))
            {
                int slot = topics.Find(_entries[i].Topic);
                _marks[i] = _marks[i] with { Slot = slot >= 0 ? slot : NotInCatalog };
                _entries[i].Topic = slot >= 0 ? topics.Name(slot) : _entries[i].Topic;
            }
        }

        _resolvedAt = known;
        _hasNew = false;
    }

    private int FindOrAdd(string topic, long timeMs)
    {
        int i = Find(topic);
        if (i >= 0)
        {
            return i;
        }

        if (Count == _entries.Length)
        {
            int capacity = Math.Max(4, Count + (Count >> 1));
            Array.Resize(ref _entries, capacity);
            Array.Resize(ref _hashes, capacity);
            Array.Resize(ref _marks, capacity);
            Array.Resize(ref _evidence, capacity * _width);
        }

        _hashes[Count] = topic.GetHashCode(StringComparison.Ordinal);
        _entries[Count] = new Entry
        {
            Topic = topic,
            Trust = Interest.Types.Trust.Inferred,
            LastSeenMs = timeMs,
        };
        _marks[Count] = new Mark(-1, Interest.Types.Trust.Inferred);
        _hasNew = true;
        return Count++;
    }

    private void Evict()
    {
        while (Count > ProfileLimits.Interests)
        {
            int weakest = 0;
            for (int i = 1; i < Count; i++)
            {
                if (IsWeaker(i, weakest))
                {
                    weakest = i;
                }
            }

            Remove(weakest);
        }
    }

    private bool IsWeaker(int a, int b)
    {
        bool aSpoken = _entries[a].IsSpoken;
        if (aSpoken != _entries[b].IsSpoken)
        {
            return !aSpoken;
        }

        double x = Math.Abs(Affinity(a, _columns.LandmarkMs));
        double y = Math.Abs(Affinity(b, _columns.LandmarkMs));
        return x != y ? x < y : string.CompareOrdinal(_entries[a].Topic, _entries[b].Topic) < 0;
    }

    private void Remove(int i)
    {
        Count--;
        if (i < Count)
        {
            _entries[i] = _entries[Count];
            _hashes[i] = _hashes[Count];
            _marks[i] = _marks[Count];
            Array.Copy(_evidence, Count * _width, _evidence, i * _width, _width);
        }

        _entries[Count] = default;
        Array.Clear(_evidence, Count * _width, _width);
    }

    private void SetTrust(int i, Interest.Types.Trust trust, long timeMs)
    {
        ref Entry entry = ref _entries[i];
        if (timeMs > entry.TrustMs || (timeMs == entry.TrustMs && Care(trust) > Care(entry.Trust)))
        {
            entry.Trust = trust;
            entry.TrustMs = timeMs;
            _marks[i] = _marks[i] with { Trust = trust };
        }
    }

    private static int Care(Interest.Types.Trust trust) => trust switch
    {
        Interest.Types.Trust.Rejected => 4,
        Interest.Types.Trust.Confirmed => 3,
        Interest.Types.Trust.Declared => 2,
        Interest.Types.Trust.Probed => 1,
        _ => 0,
    };

    /// <summary>What ranking reads of an interest, side by side: the topic's number in the catalog, below 0 while it has none, and trust.</summary>
    internal readonly record struct Mark(int Slot, Interest.Types.Trust Trust);

    internal struct Entry
    {
        public string Topic;
        public long LastSeenMs;
        public long TrustMs;
        public uint PassiveCount;
        public uint ActiveCount;
        public Interest.Types.Trust Trust;

        public readonly bool IsSpoken => Trust is Interest.Types.Trust.Confirmed or Interest.Types.Trust.Rejected or Interest.Types.Trust.Declared;
    }
}
