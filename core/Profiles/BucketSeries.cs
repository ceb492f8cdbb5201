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
    private uint[] _numbers = [];
    private uint[] _counts = [];
    private int _size;

    public readonly int Size => _size;

    public void Add(long timeMs, uint count = 1) => AddBucket((uint)Math.Clamp(timeMs / _widthMs, 0, uint.MaxValue), count);

    public void Merge(in BucketSeries other)
    {
        for (int i = 0; i < other._size; i++)
        {
            AddBucket(other._numbers[i], other._counts[i]);
        }
    }

    /// <summary>Events in the buckets that the last <paramref name="buckets"/> widths before now touch; later ones count too.</summary>
    public readonly ulong CountSince(long nowMs, int buckets)
    {
        long first = (nowMs / _widthMs) - buckets + 1;
        ulong sum = 0;
        for (int i = _size - 1; i >= 0 && _numbers[i] >= first; i--)
        {
            sum += _counts[i];
        }

        return sum;
    }

    public readonly void Save(RepeatedField<uint> numbers, RepeatedField<uint> counts)
    {
        for (int i = 0; i < _size; i++)
        {
            numbers.Add(_numbers[i]);
            counts.Add(_counts[i]);
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
        while (at > 0 && _numbers[at - 1] > number)
        {
            at--;
        }

        if (at > 0 && _numbers[at - 1] == number)
        {
            _counts[at - 1] += count;
            return;
        }

        if (_size > 0 && number + (long)_window <= _numbers[_size - 1])
        {
            return;
        }

        Insert(at, number, count);
        DropOld();
    }

    private void Insert(int at, uint number, uint count)
    {
        if (_size == _numbers.Length)
        {
            int capacity = Math.Min(_window + 1, Math.Max(2, _size + (_size >> 1)));
            Array.Resize(ref _numbers, capacity);
            Array.Resize(ref _counts, capacity);
        }

        Array.Copy(_numbers, at, _numbers, at + 1, _size - at);
        Array.Copy(_counts, at, _counts, at + 1, _size - at);
        _numbers[at] = number;
        _counts[at] = count;
        _size++;
    }

    private void DropOld()
    {
        int old = 0;
        while (_numbers[old] + (long)_window <= _numbers[_size - 1])
        {
            old++;
        }

        if (old > 0)
        {
            _size -= old;
            Array.Copy(_numbers, old, _numbers, 0, _size);
            Array.Copy(_counts, old, _counts, 0, _size);
        }
    }
}
