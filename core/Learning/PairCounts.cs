using System.Runtime.InteropServices;

namespace Footprint.Grid.Core.Learning;

/// <summary>
/// The counts of one item's neighbours, 6 bytes each: the low half of the neighbour's number, and its upper four bits before
/// those of the count, of whose 24 significant bits 21 are kept.
/// </summary>
internal struct PairCounts
{
    private const int Dropped = 3;
    private const int CountBits = 28;
    private const uint CountMask = (1u << CountBits) - 1;

    // All low halves, then all the rest.
    private ushort[]? _block;

    public int Count { get; private set; }

    private readonly int Capacity => _block is null ? 0 : _block.Length / 3;

    private readonly Span<ushort> Lows => _block.AsSpan(0, Capacity);

    private readonly Span<uint> Rests => MemoryMarshal.Cast<ushort, uint>(_block.AsSpan(Capacity));

    public readonly int Number(int i) => Lows[i] | (int)(Rests[i] >> CountBits << 16);

    public readonly float Weight(int i) => BitConverter.UInt32BitsToSingle((Rests[i] & CountMask) << Dropped);

    /// <summary>Where a neighbour is; -1 for nowhere.</summary>
    public readonly int Find(int number)
    {
        ReadOnlySpan<ushort> lows = Lows[..Count];
        uint high = (uint)number >> 16;
        for (int from = 0; from < lows.Length; from++)
        {
            int at = lows[from..].IndexOf((ushort)number);
            if (at < 0)
            {
                return -1;
            }

            from += at;
            if (Rests[from] >> CountBits == high)
            {
                return from;
            }
        }

        return -1;
    }

    /// <summary>Where the neighbour with the least count is.</summary>
    public readonly int Weakest()
    {
        ReadOnlySpan<uint> rests = Rests[..Count];
        int weakest = 0;
        for (int i = 1; i < rests.Length; i++)
        {
            // Bits of floats above zero are in their order.
            weakest = (rests[i] & CountMask) < (rests[weakest] & CountMask) ? i : weakest;
        }

        return weakest;
    }

    /// <param name="i">The place, at most one past the last.</param>
    /// <param name="number">Below 2^20.</param>
    /// <param name="weight">At least 0.</param>
    /// <param name="most">Places that there may be.</param>
    public void Set(int i, int number, float weight, int most)
    {
        if (i == Capacity)
        {
            Grow(Math.Min(most, Math.Max(4, i * 2)));
        }

        Count = Math.Max(Count, i + 1);
        Lows[i] = (ushort)number;
        Rests[i] = ((uint)number >> 16 << CountBits) | ((BitConverter.SingleToUInt32Bits(weight) + (1u << (Dropped - 1))) >> Dropped);
    }

    /// <summary>Takes one out; the last one comes to its place.</summary>
    public void Remove(int i)
    {
        Count--;
        Lows[i] = Lows[Count];
        Rests[i] = Rests[Count];
    }

    public void Clear() => Count = 0;

    private void Grow(int capacity)
    {
        var grown = new PairCounts { _block = new ushort[3 * capacity] };
        Lows[..Count].CopyTo(grown.Lows);
        Rests[..Count].CopyTo(grown.Rests);
        _block = grown._block;
    }
}
