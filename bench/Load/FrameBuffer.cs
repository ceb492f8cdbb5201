using System.Buffers.Binary;

namespace Footprint.Grid.Bench.Load;

/// <summary>HTTP/2 frames that wait to be sent (RFC 9113, section 4.1).</summary>
internal sealed class FrameBuffer
{
    public const byte Data = 0, Headers = 1, RstStream = 3, Settings = 4, Ping = 6, GoAway = 7, WindowUpdate = 8, Continuation = 9;
    public const byte EndStream = 1, Ack = 1, EndHeaders = 4, Padded = 8, Priority = 32;
    public const int MaxFrame = 16384;

    private byte[] _bytes = new byte[1 << 16];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Raw(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    public void Frame(byte type, byte flags, int stream, ReadOnlySpan<byte> payload) => payload.CopyTo(Frame(type, flags, stream, payload.Length));

    /// <summary>Writes a frame's head and gives the room for its payload.</summary>
    public Span<byte> Frame(byte type, byte flags, int stream, int length)
    {
        var room = Reserve(9 + length);
        room[0] = (byte)(length >> 16);
        room[1] = (byte)(length >> 8);
        room[2] = (byte)length;
        room[3] = type;
        room[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(room[5..], stream);
        return room[9..];
    }

    /// <summary>One gRPC message, uncompressed, in as many DATA frames as it needs.</summary>
    public void Message(int stream, ReadOnlySpan<byte> message, bool last)
    {
        var head = 5;
        do
        {
            var length = Math.Min(MaxFrame, head + message.Length);
            var part = length - head;
            var payload = Frame(Data, last && part == message.Length ? EndStream : (byte)0, stream, length);
            if (head > 0)
            {
                payload[0] = 0;
                BinaryPrimitives.WriteInt32BigEndian(payload[1..], message.Length);
            }

            message[..part].CopyTo(payload[head..]);
            message = message[part..];
            head = 0;
        }
        while (message.Length > 0);
    }

    private Span<byte> Reserve(int count)
    {
        if (Length + count > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + count));
        }

        var room = _bytes.AsSpan(Length, count);
        Length += count;
        return room;
    }
}
