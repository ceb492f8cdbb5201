using Footprint.Grid.Storage.V1;
using Google.Protobuf.Collections;

namespace Footprint.Grid.Core.Profiles;

/// <summary>What a client was shown last, in the order of time. Past the bound the oldest goes.</summary>
internal sealed class ImpressionLog(int bound)
{
    private Entry[] _ring = [];
    private int _start;

    public int Count { get; private set; }

    public ref Entry this[int i] => ref _ring[Index(i)];

    public void Add(StoredImpression.Types.Kind kind, string key, string placement, long timeMs)
    {
        if (Count == bound)
        {
            if (timeMs < _ring[_start].TimeMs)
            {
                return;
            }

            _ring[_start] = default;
            _start = Index(1);
            Count--;
        }
        else if (Count == _ring.Length)
        {
            Grow();
        }

        int at = Count++;
        for (; at > 0 && this[at - 1].TimeMs > timeMs; at--)
        {
            this[at] = this[at - 1];
        }

        this[at] = new Entry { Kind = kind, Key = key, Placement = placement, TimeMs = timeMs };
    }

    /// <summary>Asks for where the next so many will go.</summary>
    public void Prefetch(int next)
    {
        int at = Index(Count == bound ? 0 : Count);
        Memory.Prefetch.Span<Entry>(_ring.AsSpan(Math.Min(at, _ring.Length), Math.Clamp(_ring.Length - at, 0, next)));
    }

    /// <summary>How often that was shown later than the given time.</summary>
    public int CountSince(StoredImpression.Types.Kind kind, string key, long afterMs)
    {
        int count = 0;
        for (int i = Count - 1; i >= 0; i--)
        {
            ref Entry e = ref this[i];
            if (e.TimeMs <= afterMs)
            {
                break;
            }

            if (e.Kind == kind && e.Key == key)
            {
                count++;
            }
        }

        return count;
    }

    public void Merge(ImpressionLog other)
    {
        for (int i = 0; i < other.Count; i++)
        {
            ref Entry e = ref other[i];
            Add(e.Kind, e.Key, e.Placement, e.TimeMs);
        }
    }

    public void Save(RepeatedField<StoredImpression> to)
    {
        to.Capacity = Count;
        for (int i = 0; i < Count; i++)
        {
            ref Entry e = ref this[i];
            to.Add(new StoredImpression { Kind = e.Kind, Key = e.Key, Placement = e.Placement, TimeMs = e.TimeMs });
        }
    }

    public void Load(RepeatedField<StoredImpression> from, SharedStrings strings)
    {
        foreach (StoredImpression e in from)
        {
            Add(e.Kind, strings.Share(e.Key), strings.Share(e.Placement), e.TimeMs);
        }
    }

    private int Index(int i)
    {
        int at = _start + i;
        return at < _ring.Length ? at : at - _ring.Length;
    }

    private void Grow()
    {
        var larger = new Entry[Math.Min(bound, Math.Max(4, Count + (Count >> 1)))];
        for (int i = 0; i < Count; i++)
        {
            larger[i] = this[i];
        }

        _ring = larger;
        _start = 0;
    }

    internal struct Entry
    {
        public StoredImpression.Types.Kind Kind;
        public string Key;
        public string Placement;
        public long TimeMs;
    }
}
