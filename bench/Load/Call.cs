using System.Buffers.Binary;
using System.Diagnostics;

namespace Footprint.Grid.Bench.Load;

/// <summary>One gRPC call under way on a connection; reused for another when it has ended.</summary>
internal sealed class Call
{
    private byte[] _held = [];
    private int _heldLength;

    public int Stream { get; private set; }

    /// <summary>Stopwatch ticks when it was begun.</summary>
    public long Started { get; private set; }

    public long SendWindow { get; set; }

    /// <summary>The caller's own, to know the call again.</summary>
    public long Tag { get; set; }

    public void Reset(int stream, int sendWindow)
    {
        Stream = stream;
        SendWindow = sendWindow;
        Started = Stopwatch.GetTimestamp();
        _heldLength = 0;
    }

    /// <summary>Takes bytes of the response and passes on each message that they complete.</summary>
    public void Take(ReadOnlySpan<byte> bytes, ICallSink sink)
    {
        if (_heldLength == 0)
        {
            Hold(Pass(bytes, sink));
            return;
        }

        Hold(bytes);
        var rest = Pass(_held.AsSpan(0, _heldLength), sink);
        rest.CopyTo(_held);
        _heldLength = rest.Length;
    }

    private ReadOnlySpan<byte> Pass(ReadOnlySpan<byte> bytes, ICallSink sink)
    {
        while (bytes.Length >= 5)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(bytes[1..]);
            if (bytes.Length - 5 < length)
            {
                break;
            }

            sink.Received(this, bytes.Slice(5, length));
            bytes = bytes[(5 + length)..];
        }

        return bytes;
    }

    private void Hold(ReadOnlySpan<byte> bytes)
    {
        if (_heldLength + bytes.Length > _held.Length)
        {
            Array.Resize(ref _held, Math.Max(2 * _held.Length, _heldLength + bytes.Length));
        }

        bytes.CopyTo(_held.AsSpan(_heldLength));
        _heldLength += bytes.Length;
    }
}
