using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Footprint.Grid.V1;

namespace Footprint.Grid.Engine;

/// <summary>
/// Writes a <see cref="PickContentResponse"/> as the generated code does, byte for byte, but from its end to its start:
/// a nested message's length is then known when it is due. The generated code measures each reason three times before
/// it writes it, which was a quarter of what a pick cost.
/// </summary>
public static class PickContentEncoder
{
    private const int Size = 64 * 1024;

    [ThreadStatic]
    private static byte[]? _buffer;

    /// <summary>The bytes, good until the thread's next call; empty when they are more than 64 KiB, for the generated code to write.</summary>
    public static ReadOnlySpan<byte> Encode(PickContentResponse response)
    {
        var writer = new BackwardWriter(_buffer ??= new byte[Size]);
        writer.Varint(0x28, response.ProfileVersion);
        writer.Varint(0x20, (ulong)response.Fallback);
        writer.Varint(0x18, response.Personalized ? 1u : 0);
        for (int i = response.Picks.Count - 1; i >= 0; i--)
        {
            int end = writer.Position;
            Write(ref writer, response.Picks[i]);
            writer.Length(0x12, end);
        }

        writer.Text(0x0A, response.DecisionId);
        return writer.Written;
    }

    private static void Write(ref BackwardWriter writer, Pick pick)
    {
        for (int i = pick.Reasons.Count - 1; i >= 0; i--)
        {
            int end = writer.Position;
            Reason reason = pick.Reasons[i];
            writer.Double(0x19, reason.Contribution);
            writer.Text(0x12, reason.Key);
            writer.Varint(0x08, (ulong)reason.Kind);
            writer.Length(0x2A, end);
        }

        writer.Varint(0x20, pick.Calibrated ? 1u : 0);
        writer.Varint(0x18, (ulong)pick.MatchPercent);
        writer.Double(0x11, pick.Score);
        writer.Text(0x0A, pick.ItemId);
    }

    private ref struct BackwardWriter(byte[] buffer)
    {
        // A tag and the longest number, with room to spare.
        private const int MostNumber = 16;
        private readonly byte[] _buffer = buffer;
        private bool _isFull;

        public int Position { get; private set; } = buffer.Length;

        /// <summary>Empty when not all of it had room.</summary>
        public readonly ReadOnlySpan<byte> Written => _isFull ? [] : _buffer.AsSpan(Position);

        public void Varint(byte tag, ulong value)
        {
            if (value != 0 && HasRoom(MostNumber))
            {
                Raw(value);
                _buffer[--Position] = tag;
            }
        }

        public void Double(byte tag, double value)
        {
            if (value != 0 && HasRoom(MostNumber))
            {
                Position -= sizeof(double);
                BinaryPrimitives.WriteDoubleLittleEndian(_buffer.AsSpan(Position), value);
                _buffer[--Position] = tag;
            }
        }

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
                Position = end - Encoding.UTF8.GetByteCount(text);
                Encoding.UTF8.GetBytes(text, _buffer.AsSpan(Position));
            }

            Length(tag, end);
        }

        /// <summary>The length of what was written since, and its tag.</summary>
        public void Length(byte tag, int end)
        {
            if (HasRoom(MostNumber))
            {
                Raw((ulong)(end - Position));
                _buffer[--Position] = tag;
            }
        }

        private bool HasRoom(long bytes)
        {
            _isFull |= bytes > Position;
            return !_isFull;
        }

        private void Raw(ulong value)
        {
            if (value < 0x80)
            {
                _buffer[--Position] = (byte)value;
                return;
            }

            int bytes = (70 - BitOperations.LeadingZeroCount(value)) / 7;
            Position -= bytes;
            int at = Position;
            for (; value >= 0x80; value >>= 7)
            {
                _buffer[at++] = (byte)(value | 0x80);
            }

            _buffer[at] = (byte)value;
        }
    }
}
