using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Footprint.Grid.Core.Catalog;

/// <summary>
/// An immutable array by index, in chunks of 1,024, so that a new version copies only the chunks that change. Reads
/// past the end give the default.
/// </summary>
public sealed class ChunkedArray<T>
{
    private const int Bits = 10;
    private const int Size = 1 << Bits;
    private readonly T[]?[] _chunks;
    private readonly T[] _none = new T[1];

    /// <summary>An array of nothing.</summary>
    public ChunkedArray()
        : this([])
    {
    }

    private ChunkedArray(T[]?[] chunks) => _chunks = chunks;

    public T? this[int index]
    {
        get
        {
            int chunk = index >> Bits;
            return (uint)chunk < (uint)_chunks.Length && _chunks[chunk] is { } found ? found[index & (Size - 1)] : default;
        }
    }

    /// <summary>The element in place, for large structs.</summary>
    public ref readonly T At(int index)
    {
        int chunk = index >> Bits;
        if ((uint)chunk < (uint)_chunks.Length && _chunks[chunk] is { } found)
        {
            // Every chunk has its full size.
            return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(found), index & (Size - 1));
        }

        return ref _none[0];
    }

    public Builder ToBuilder() => new(this);

    /// <summary>Gives every index at which it has something else than another version. Costs in proportion to the chunks that differ.</summary>
    public void Compare(ChunkedArray<T> other, Action<int> differs)
    {
        for (int chunk = 0; chunk < Math.Max(_chunks.Length, other._chunks.Length); chunk++)
        {
            T[]? mine = chunk < _chunks.Length ? _chunks[chunk] : null;
            T[]? theirs = chunk < other._chunks.Length ? other._chunks[chunk] : null;
            for (int i = 0; !ReferenceEquals(mine, theirs) && i < Size; i++)
            {
                if (!EqualityComparer<T>.Default.Equals(mine is null ? default : mine[i], theirs is null ? default : theirs[i]))
                {
                    differs((chunk << Bits) | i);
                }
            }
        }
    }

    /// <summary>The next version in the making; one thread.</summary>
    public sealed class Builder
    {
        private readonly HashSet<int> _own = [];
        private T[]?[] _chunks;

        internal Builder(ChunkedArray<T> from) => _chunks = [.. from._chunks];

        public T? this[int index]
        {
            get
            {
                int chunk = index >> Bits;
                return (uint)chunk < (uint)_chunks.Length && _chunks[chunk] is { } found ? found[index & (Size - 1)] : default;
            }

            set
            {
                int chunk = index >> Bits;
                if (chunk >= _chunks.Length)
                {
                    Array.Resize(ref _chunks, chunk + 1);
                }

                if (_own.Add(chunk))
                {
                    _chunks[chunk] = _chunks[chunk] is { } shared ? [.. shared] : new T[Size];
                }

                _chunks[chunk]![index & (Size - 1)] = value!;
            }
        }

        public ChunkedArray<T> Build()
        {
            _own.Clear();
            return new ChunkedArray<T>([.. _chunks]);
        }
    }
}
