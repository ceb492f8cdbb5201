using System.Buffers;
using System.Buffers.Binary;
using Footprint.Grid.Api.Errors;

namespace Footprint.Grid.Api.Grpc;

/// <summary>The frame around each gRPC message: a flag byte (1 = compressed), a length of four bytes, the message.</summary>
internal static class Frame
{
    public const int HeaderBytes = 5;

    /// <summary>Takes one frame off the front of a buffer. False when it is not all there yet.</summary>
    /// <exception cref="CallException">The flag is none, or the length is over the limit: known before the message is.</exception>
    public static bool TryTake(ref ReadOnlySequence<byte> buffer, int limit, out ReadOnlySequence<byte> message, out bool compressed)
    {
        message = default;
        compressed = false;
        if (buffer.Length < HeaderBytes)
        {
            return false;
        }

        Span<byte> header = stackalloc byte[HeaderBytes];
        if (buffer.FirstSpan.Length >= HeaderBytes)
        {
            buffer.FirstSpan[..HeaderBytes].CopyTo(header);
        }
        else
        {
            buffer.Slice(0, HeaderBytes).CopyTo(header);
        }

        if (header[0] > 1)
        {
            throw new CallException(CallError.Invalid($"Malformed gRPC frame: its flag is {header[0]}, not 0 or 1."));
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        if (length > limit)
        {
            throw new CallException(CallError.TooLarge(length, limit));
        }

        if (buffer.Length < HeaderBytes + length)
        {
            return false;
        }

        message = buffer.Slice(HeaderBytes, length);
        buffer = buffer.Slice(message.End);
        compressed = header[0] == 1;
        return true;
    }
}
