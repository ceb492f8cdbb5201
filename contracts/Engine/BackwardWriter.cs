using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Footprint.Grid.Engine;

/// <summary>
/// Writes fields of a protobuf message from its end to its start, so that a nested message's length is known when it is
/// due. Leaves out what is the default, as proto3 does; writes nothing more once there is no room. Its methods go into their
/// callers, who keep the writer in registers as long as they hand it to nobody: a position in memory is what such writing waits for.
/// </summary>
internal ref struct BackwardWriter
{
    private const int Size = 64 * 1024;

    // A tag and the longest number, with room to spare.
    private const int MostNumber = 16;

    [ThreadStatic]
    private static byte[]? _ofThread;

    private readonly byte[] _buffer;
    private bool _isFull;

    private BackwardWriter(byte[] buffer)
    {
        _buffer = buffer;
        Position = buffer.Length;
    }

    public int Position { get; private set; }

    /// <summary>Writes into 64 KiB that the thread keeps: what the thread wrote before is overwritten.</summary>
    public static BackwardWriter Begin() => new(_ofThread ??= new byte[Size]);

    /// <summary>Empty when not all of it had room.</summary>
    public readonly ReadOnlySpan<byte> Written => _isFull ? [] : _buffer.AsSpan(Position);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Varint(byte tag, ulong value)
    {
        if (value != 0 && HasRoom(MostNumber))
        {
            Raw(value);
            _buffer[--Position] = tag;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Double(byte tag, double value)
    {
        if (value != 0 && HasRoom(MostNumber))
        {
            Position -= sizeof(double);
            BinaryPrimitives.WriteDoubleLittleEndian(_buffer.AsSpan(Position), value);
            _buffer[--Position] = tag;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fixed64(byte tag, ulong value)
    {
        if (value != 0 && HasRoom(MostNumber))
        {
            Position -= sizeof(ulong);
            BinaryPrimitives.WriteUInt64LittleEndian(_buffer.AsSpan(Position), value);
            _buffer[--Position] = tag;
        }
    }

    public void Zigzag(byte tag, long value) => Varint(tag, (ulong)((value << 1) ^ (value >> 63)));

    public void Bool(byte tag, bool value) => Varint(tag, value ? 1u : 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Text(byte tag, string text)
    {
        // One UTF-16 unit makes three bytes at the most.
        if (text.Length == 0 || !HasRoom((3L * text.Length) + MostNumber))
        {
            return;
        }

        int end = Position;
        Position -= text.Length;
        if (Ascii.FromUtf16(text, _buffer.AsSpan(Position), out _) != System.Buffers.OperationStatus.Done)
        {
            Position = Utf8(_buffer, end, text);
        }

        Length(tag, end);
    }

    /// <summary>
    /// Room for so many bytes, and for as many again before them as a short text spills; gives where they end. A null reference
    /// when there is none. For messages whose bytes are counted before they are written.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref byte Take(int bytes)
    {
        if (!HasRoom(bytes + MostNumber))
        {
            return ref Unsafe.NullRef<byte>();
        }

        ref byte end = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_buffer), Position);
        Position -= bytes;
        return ref end;
    }

    /// <summary>A text that is not the default; the bytes before it are written as well, and overwritten by what comes next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Text(byte tag, in ShortText text)
    {
        if (HasRoom(2 * MostNumber))
        {
            int end = Position;
            text.CopyBefore(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_buffer), end));
            Position = end - text.Length;
            Length(tag, end);
        }
    }

    /// <summary>The length of what was written since, and its tag.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Length(byte tag, int end)
    {
        if (HasRoom(MostNumber))
        {
            Raw((ulong)(end - Position));
            _buffer[--Position] = tag;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool HasRoom(long bytes)
    {
        _isFull |= bytes > Position;
        return !_isFull;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Raw(ulong value)
    {
        if (value < 0x80)
        {
            _buffer[--Position] = (byte)value;
            return;
        }

        Position = Long(_buffer, Position, value);
    }

    private static int Utf8(byte[] buffer, int end, string text)
    {
        int start = end - Encoding.UTF8.GetByteCount(text);
        Encoding.UTF8.GetBytes(text, buffer.AsSpan(start));
        return start;
    }

    private static int Long(byte[] buffer, int end, ulong value)
    {
        int start = end - ((70 - BitOperations.LeadingZeroCount(value)) / 7);
        int at = start;
        for (; value >= 0x80; value >>= 7)
        {
            buffer[at++] = (byte)(value | 0x80);
        }

        buffer[at] = (byte)value;
        return start;
    }
}
