using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Storage.V1;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Core.Profiles;

/// <summary>
/// A client's interests: for each topic the decayed evidence by half-life, counts and trust. Laid out in columns so that
/// a decision reads affinities in one pass. Past the bound the interest with the least evidence goes, an inferred or
/// probed one before one that the client spoke about, and that before one that it rejected.
/// </summary>
internal sealed partial class InterestTable(TrustHistory history)
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
    private long _latestMs;

    public int Count { get; private set; }

    public DecayColumns Columns => _columns;

    public ref Entry this[int i] => ref _entries[i];

    public ReadOnlySpan<Mark> Marks => _marks.AsSpan(0, Count);

    /// <summary>What an interest's affinity counts for when these categories may be used.</summary>
    public float Weight(int i, DataCategories allowed) => TrustLadder.Weight(_entries[i].Trust, allowed, _entries[i].IsLifted);

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

    /// <summary>
    /// Evidence of one event for its topics; a weight may be negative. A rejected interest takes none, whatever the event,
    /// unless the event declares it.
    /// </summary>
    public void Add(StoredEvent e, in ActOrigin origin)
    {
        if (e.Topics.Count == 0)
        {
            return;
        }

        // What follows from an act about a topic is inferred, unless the act says so itself.
        var key = new DecayColumns.ColumnKey(e.HalfLifeS * 1000, origin.Categories | (e.Declared ? DataCategories.None : DataCategories.Inferred));
        int column = PrepareColumn(key, e.TimeMs);
        int kind = KindOf(key.Categories);
        double unit = e.Weight * _columns.Growth(column, e.TimeMs);
        for (int t = 0; t < e.Topics.Count; t++)
        {
            int i = FindOrAdd(e.Topics[t].Topic);
            if (e.Declared)
            {
                Step(i, TrustAct.Declare, e.TimeMs, e.TimeMs, origin);
            }

            ref Entry entry = ref _entries[i];
            if (entry.Trust == Trust.Rejected)
            {
                continue;
            }

            _evidence[(i * _width) + column] += unit * e.Topics[t].Weight;
            if (entry.Trust == Trust.Confirmed)
            {
                ConfirmLate(i, e.Weight * e.Topics[t].Weight, key, e.TimeMs);
            }

            See(i, kind, e.TimeMs, origin, e.Active);
        }

        Evict();
    }

    /// <summary>The client's answer about a topic, or that it was asked for one. A confirmation brings evidence of its own.</summary>
    /// <param name="topic">Which.</param>
    /// <param name="act">What was answered.</param>
    /// <param name="timeMs">When.</param>
    /// <param name="takenMs">When it was heard of; a late confirmation counts from then on.</param>
    /// <param name="weight">Of its evidence.</param>
    /// <param name="halfLifeSeconds">Likewise.</param>
    /// <param name="origin">Who answered, and where.</param>
    public void Answer(string topic, TrustAct act, long timeMs, long takenMs, double weight, double halfLifeSeconds, in ActOrigin origin)
    {
        int i = FindOrAdd(topic);
        Step(i, act, timeMs, Math.Max(timeMs, takenMs), origin);
        ref Entry entry = ref _entries[i];
        if (weight != 0 && entry.Trust == Trust.Confirmed)
        {
            var key = new DecayColumns.ColumnKey(halfLifeSeconds * 1000, origin.Categories);
            Add(i, weight, key, timeMs);
            ConfirmLate(i, weight, key, timeMs);
        }

        // A no leaves nothing but itself, and so does a yes that it holds over.
        if (act is not (TrustAct.Ask or TrustAct.Reject) && entry.Trust != Trust.Rejected)
        {
            See(i, KindOf(origin.Categories), timeMs, origin, isActive: true);
        }

        Evict();
    }

    /// <summary>An interest as it was stored, with evidence in this table's own columns.</summary>
    public int Put(in Entry stored, ReadOnlySpan<double> evidence)
    {
        int i = FindOrAdd(stored.Topic);
        _entries[i] = stored;
        _marks[i] = _marks[i] with { State = stored.State };
        for (int c = 0; c < evidence.Length; c++)
        {
            _evidence[(i * _width) + c] += evidence[c];
        }

        return i;
    }

    /// <summary>Back to an empty table before stored columns and interests are put in.</summary>
    public void Restore(int capacity)
    {
        _entries = new Entry[capacity];
        _hashes = new int[capacity];
        _marks = new Mark[capacity];
        _seen = new Seen[capacity * _kinds.Length];
        _width = _columns.Count;
        _evidence = new double[capacity * _width];
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

    private int FindOrAdd(string topic)
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
            Array.Resize(ref _seen, capacity * _kinds.Length);
            Array.Resize(ref _evidence, capacity * _width);
        }

        _hashes[Count] = topic.GetHashCode(StringComparison.Ordinal);
        _entries[Count] = new Entry { Topic = topic, Trust = Trust.Inferred };
        _marks[Count] = new Mark(-1, TrustLadder.State(Trust.Inferred, isLifted: false));
        _hasNew = true;
        return Count++;
    }

    private void Evict()
    {
        if (Count <= ProfileLimits.Interests)
        {
            return;
        }

        Span<double> decay = stackalloc double[_width];
        Decay(_latestMs, DataCategories.All, decay);
        while (Count > ProfileLimits.Interests)
        {
            int weakest = 0;
            double least = Math.Abs(Sum(0, decay));
            for (int i = 1; i < Count; i++)
            {
                double strength = Math.Abs(Sum(i, decay));
                if (IsWeaker(i, strength, weakest, least))
                {
                    (weakest, least) = (i, strength);
                }
            }

            Remove(weakest);
        }
    }

    private bool IsWeaker(int a, double x, int b, double y)
    {
        int order = TrustLadder.Hold(_entries[a].Trust).CompareTo(TrustLadder.Hold(_entries[b].Trust));
        return order != 0 ? order < 0
            : x != y ? x < y
            : string.CompareOrdinal(_entries[a].Topic, _entries[b].Topic) < 0;
    }

    private void Remove(int i)
    {
        Count--;
        if (i < Count)
        {
            _entries[i] = _entries[Count];
            _hashes[i] = _hashes[Count];
            _marks[i] = _marks[Count];
            Array.Copy(_seen, Count * _kinds.Length, _seen, i * _kinds.Length, _kinds.Length);
            Array.Copy(_evidence, Count * _width, _evidence, i * _width, _width);
        }

        _entries[Count] = default;
        ClearSeen(Count);
        Array.Clear(_evidence, Count * _width, _width);
    }

    /// <summary>What ranking reads of an interest, side by side: the topic's number in the catalog, below 0 while it has none, and its place in <see cref="TrustLadder.Weights"/>.</summary>
    internal readonly record struct Mark(int Slot, int State);

    internal struct Entry
    {
        public string Topic;
        public long TrustMs;
        public Trust Trust;

        /// <summary>From when a confirmation makes evidence live longer; 0 where it does not.</summary>
        public long ConfirmedMs;

        /// <summary>When the client last said no, whatever it said since; 0 for never.</summary>
        public long RejectedMs;

        public readonly bool IsSpoken => TrustLadder.IsSpoken(Trust);

        /// <summary>Whether the client said no, and otherwise since.</summary>
        public readonly bool IsLifted => RejectedMs != 0 && Trust != Trust.Rejected;

        public readonly int State => TrustLadder.State(Trust, IsLifted);
    }
}
