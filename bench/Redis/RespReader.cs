using System.Buffers.Text;
using System.Text;

namespace Footprint.Grid.Bench.Redis;

/// <summary>Walks over Redis' replies in a buffer.</summary>
internal ref struct RespReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Position { get; private set; }

    /// <summary>Passes over one whole reply. False, and nowhere moved, when it is not all there.</summary>
    public bool TrySkip()
    {
        var start = Position;
        if (TrySkipOne())
        {
            return true;
        }

        Position = start;
        return false;
    }

    /// <summary>How many elements follow, of a reply that is all there.</summary>
    public int ReadArray()
    {
        TryLine(out _, out var line);
        return Number(line);
    }

    /// <summary>A bulk string of a reply that is all there.</summary>
    public ReadOnlySpan<byte> ReadBulk()
    {
        TryLine(out _, out var line);
        var length = Number(line);
        if (length < 0)
        {
            return default;
        }

        var bulk = _bytes.Slice(Position, length);
        Position += length + 2;
        return bulk;
    }

    private bool TrySkipOne()
    {
        if (!TryLine(out var kind, out var line))
        {
            return false;
        }

        switch (kind)
        {
            case (byte)'-':
                throw new IOException($"Redis refused a command: {Encoding.UTF8.GetString(line)}");
            case (byte)'$':
                var length = Number(line);
                Position += length < 0 ? 0 : length + 2;
                return Position <= _bytes.Length;
            case (byte)'*':
                for (var i = Number(line); i > 0; i--)
                {
                    if (!TrySkipOne())
                    {
                        return false;
                    }
                }

                return true;
            default:
                return true;
        }
    }

    private bool TryLine(out byte kind, out ReadOnlySpan<byte> line)
    {
        kind = 0;
        line = default;
        if (Position >= _bytes.Length)
        {
            return false;
        }

        var end = _bytes[Position..].IndexOf((byte)'\n');
        if (end < 0)
        {
            return false;
        }

        kind = _bytes[Position];
        line = _bytes.Slice(Position + 1, end - 2);
        Position += end + 1;
        return true;
    }

    private static int Number(ReadOnlySpan<byte> line) =>
        Utf8Parser.TryParse(line, out int number, out _) ? number : throw new IOException("Redis sent a length that is no number.");
}
