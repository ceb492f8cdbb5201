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

    // Stands for every chunk that nothing was set in, so that a read has no chunk to miss.
    private static readonly T[] _blank = new T[Size];
    private readonly T[][] _chunks;

    /// <summary>An array of nothing.</summary>
    public ChunkedArray()
        : this([])
    {
    }

    private ChunkedArray(T[][] chunks) => _chunks = chunks;

    public T? this[int index] => At(index);

    /// <summary>The element in place, for large structs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref readonly T At(int index)
    {
        // Every chunk has its full size.
        T[] chunk = Chunk(_chunks, index >> Bits);
        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(chunk), index & (Size - 1));
    }

    public Builder ToBuilder() => new(this);

    /// <summary>Gives every index at which it has something else than another version. Costs in proportion to the chunks that differ.</summary>
    public void Compare(ChunkedArray<T> other, Action<int> differs)
    {
        for (int chunk = 0; chunk < Math.Max(_chunks.Length, other._chunks.Length); chunk++)
        {
            (T[] mine, T[] theirs) = (Chunk(_chunks, chunk), Chunk(other._chunks, chunk));
            for (int i = 0; !ReferenceEquals(mine, theirs) && i < Size; i++)
            {
                if (!EqualityComparer<T>.Default.Equals(mine[i], theirs[i]))
                {
                    differs((chunk << Bits) | i);
                }
            }
        }
    }

    private static T[] Chunk(T[][] chunks, int chunk) => (uint)chunk < (uint)chunks.Length ? chunks[chunk] : _blank;

    /// <summary>The next version in the making; one thread.</summary>
    public sealed class Builder
    {
        private readonly HashSet<int> _own = [];
        private T[][] _chunks;

        internal Builder(ChunkedArray<T> from) => _chunks = [.. from._chunks];

        public T? this[int index]
        {
            get => Chunk(_chunks, index >> Bits)[index & (Size - 1)];

            set
            {
                int chunk = index >> Bits;
                if (chunk >= _chunks.Length)
                {
                    int length = _chunks.Length;
                    Array.Resize(ref _chunks, chunk + 1);
                    _chunks.AsSpan(length).Fill(_blank);
                }

                if (_own.Add(chunk))
                {
                    _chunks[chunk] = [.. _chunks[chunk]];
                }

                _chunks[chunk][index & (Size - 1)] = value!;
            }
        }

        public ChunkedArray<T> Build()
        {
            _own.Clear();
            return new ChunkedArray<T>([.. _chunks]);
        }
    }
}
