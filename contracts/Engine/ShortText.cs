using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace Footprint.Grid.Engine;

/// <summary>
/// A text of 1 to <see cref="Most"/> bytes of UTF-8 as 16 bytes of memory: its length first, its bytes at the end. One that is
/// longer, or empty, is the default, of length 0. To write it or compare it is one step, where a string takes a dozen.
/// </summary>
internal readonly struct ShortText
{
    public const int Most = Size - 1;

    private const int Size = 16;
    private const int Half = sizeof(ulong);

    private static readonly ShortText _none;

    // In the order of little-endian numbers, which all processors have that this runs on.
    private readonly ulong _first;
    private readonly ulong _last;

    private ShortText(ulong first, ulong last) => (_first, _last) = (first, last);

    /// <summary>The default.</summary>
    public static ref readonly ShortText None => ref _none;

    public int Length
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (byte)_first;
    }

    public static ShortText Of(string text)
    {
        // No byte of UTF-8 is for more than one UTF-16 unit.
        if (text.Length is 0 or > Most)
        {
            return default;
        }

        Span<byte> bytes = stackalloc byte[3 * Most];
        if (Ascii.FromUtf16(text, bytes, out int length) != OperationStatus.Done)
        {
            length = Encoding.UTF8.GetBytes(text, bytes);
        }

        return Of(bytes[..length]);
    }

    /// <summary>Of UTF-8; the default when it is too long, or empty.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ShortText Of(ReadOnlySpan<byte> utf8)
    {
        // Two reads that overlap, for the first bytes and the last, take any length between theirs and twice that.
        int length = utf8.Length;
        if (length > Half)
        {
            return length > Most ? default : new ShortText(
                (BinaryPrimitives.ReadUInt64LittleEndian(utf8) << (8 * (Size - length))) | (uint)length,
                BinaryPrimitives.ReadUInt64LittleEndian(utf8[(length - Half)..]));
        }

        if (length >= sizeof(uint))
        {
            ulong whole = BinaryPrimitives.ReadUInt32LittleEndian(utf8)
                | ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(utf8[(length - sizeof(uint))..]) << (8 * (length - sizeof(uint))));
            return new ShortText((uint)length, whole << (8 * (Half - length)));
        }

        if (length == 0)
        {
            return default;
        }

        ulong few = utf8[0] | ((ulong)utf8[length / 2] << (8 * (length / 2))) | ((ulong)utf8[length - 1] << (8 * (length - 1)));
        return new ShortText((uint)length, few << (8 * (Half - length)));
    }

    public bool Is(in ShortText other) => _first == other._first && _last == other._last;

    /// <summary>Depends on two numbers that nobody outside knows: who names items cannot make them collide.</summary>
    public uint Hash(ulong one, ulong two)
    {
        ulong high = Math.BigMul(_first ^ one, _last ^ two, out ulong low);
        return (uint)((high ^ low) >> 32) ^ (uint)(high ^ low);
    }

    /// <summary>Writes 16 bytes, of which the last are the text, to end there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void CopyBefore(ref byte end) => Unsafe.WriteUnaligned(ref Unsafe.Subtract(ref end, Size), this);
}
