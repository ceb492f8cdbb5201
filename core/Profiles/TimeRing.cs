namespace Footprint.Grid.Core.Profiles;

/// <summary>The last so many entries in the order of time. Past the bound the oldest goes.</summary>
internal abstract class TimeRing<T>(int bound)
    where T : struct, ITimed
{
    private T[] _ring = [];
    private int _start;

    protected int Bound => bound;

    public int Count { get; private set; }

    public ref T this[int i] => ref _ring[Index(i)];

    /// <summary>Puts it where it belongs by its time, after those of the same time.</summary>
    public virtual void Add(in T entry)
    {
        if (Count == bound)
        {
            if (entry.TimeMs < _ring[_start].TimeMs)
            {
                return;
            }

            // What is oldest is overwritten.
            _start = Index(1);
            Count--;
        }
        else if (Count == _ring.Length)
        {
            Grow();
        }

        int at = Count++;
        for (; at > 0 && this[at - 1].TimeMs > entry.TimeMs; at--)
        {
            this[at] = this[at - 1];
        }

        this[at] = entry;
    }

    /// <summary>Asks for where the next so many will go.</summary>
    public void Prefetch(int next)
    {
        int at = Index(Count == bound ? 0 : Count);
        Memory.Prefetch.Span<T>(_ring.AsSpan(Math.Min(at, _ring.Length), Math.Clamp(_ring.Length - at, 0, next)));
    }

    public void Merge(TimeRing<T> other)
    {
        for (int i = 0; i < other.Count; i++)
        {
            Add(other[i]);
        }
    }

    /// <summary>Takes one out; those before it move up.</summary>
    protected void RemoveAt(int at)
    {
        for (; at > 0; at--)
        {
            this[at] = this[at - 1];
        }

        this[0] = default;
        _start = Index(1);
        Count--;
    }

    /// <summary>Leaves the first so many.</summary>
    protected void Truncate(int count)
    {
        for (int i = count; i < Count; i++)
        {
            this[i] = default;
        }

        Count = count;
    }

    private int Index(int i)
    {
        int at = _start + i;
        return at < _ring.Length ? at : at - _ring.Length;
    }

    private void Grow()
    {
        var larger = new T[Math.Min(bound, Math.Max(4, Count + (Count >> 1)))];
        for (int i = 0; i < Count; i++)
        {
            larger[i] = this[i];
        }

        _ring = larger;
        _start = 0;
    }
}
