using Google.Protobuf.Collections;

namespace Footprint.Grid.Core.Profiles;

/// <summary>
/// Events per bucket of time, as far back as the window that asks for them. Buckets are numbered from the epoch, so the
/// order of arrival has no say in where an event counts; a bucket that falls out of the window goes.
/// </summary>
internal struct BucketSeries(long widthMs, int window)
{
    private readonly long _widthMs = widthMs;
    private readonly int _window = window;
    private Bucket[] _buckets = [];
    private int _size;

    public readonly int Size => _size;

    /// <summary>Asks for the memory that an event changes; the series itself was asked for before.</summary>
    public readonly void Prefetch() => Memory.Prefetch.Object(_buckets);

    public void Add(long timeMs, uint count = 1) => AddBucket((uint)Math.Clamp(timeMs / _widthMs, 0, uint.MaxValue), count);

    public void Merge(in BucketSeries other)
    {
        for (int i = 0; i < other._size; i++)
        {
            AddBucket(other._buckets[i].Number, other._buckets[i].Count);
        }
    }

    /// <summary>Events in the buckets that the last <paramref name="buckets"/> widths before now touch; later ones count too.</summary>
    public readonly ulong CountSince(long nowMs, int buckets)
    {
        long first = (nowMs / _widthMs) - buckets + 1;
        ulong sum = 0;
        for (int i = _size - 1; i >= 0 && _buckets[i].Number >= first; i--)
        {
            sum += _buckets[i].Count;
        }

        return sum;
    }

    public readonly void Save(RepeatedField<uint> numbers, RepeatedField<uint> counts)
    {
        for (int i = 0; i < _size; i++)
        {
            numbers.Add(_buckets[i].Number);
            counts.Add(_buckets[i].Count);
        }
    }

    public void Load(RepeatedField<uint> numbers, RepeatedField<uint> counts)
    {
        for (int i = 0; i < Math.Min(numbers.Count, counts.Count); i++)
        {
            AddBucket(numbers[i], counts[i]);
        }
    }

    private void AddBucket(uint number, uint count)
    {
        int at = _size;
        while (at > 0 && _buckets[at - 1].Number > number)
        {
            at--;
        }

        if (at > 0 && _buckets[at - 1].Number == number)
        {
            _buckets[at - 1].Count += count;
            return;
        }

        if (_size > 0 && number + (long)_window <= _buckets[_size - 1].Number)
        {
            return;
        }

        Insert(at, number, count);
        DropOld();
    }

    private void Insert(int at, uint number, uint count)
    {
        if (_size == _buckets.Length)
        {
            Array.Resize(ref _buckets, Math.Min(_window + 1, Math.Max(2, _size + (_size >> 1))));
        }

        Array.Copy(_buckets, at, _buckets, at + 1, _size - at);
        _buckets[at] = new Bucket { Number = number, Count = count };
        _size++;
    }

    private void DropOld()
    {
        int old = 0;
        while (_buckets[old].Number + (long)_window <= _buckets[_size - 1].Number)
        {
            old++;
        }

        if (old > 0)
        {
            _size -= old;
            Array.Copy(_buckets, old, _buckets, 0, _size);
        }
    }

    private struct Bucket
    {
        public uint Number;
        public uint Count;
    }
}
