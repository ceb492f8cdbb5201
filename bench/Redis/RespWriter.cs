using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Footprint.Grid.Bench.Redis;

/// <summary>Redis commands (RESP arrays of bulk strings) that wait to be sent.</summary>
internal sealed class RespWriter
{
    private byte[] _bytes = new byte[1 << 16];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, Length);

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Begins a command of so many words, its name included.</summary>
    public RespWriter Command(int words) => Line((byte)'*', words);

    public RespWriter Word(ReadOnlySpan<byte> word)
    {
        Line((byte)'$', word.Length);
        Raw(word);
        Raw("\r\n"u8);
        return this;
    }

    /// <summary>A word made of a prefix and a number, as keys are.</summary>
    public RespWriter Word(ReadOnlySpan<byte> prefix, long number)
    {
        Span<byte> word = stackalloc byte[prefix.Length + 20];
        prefix.CopyTo(word);
        Utf8Formatter.TryFormat(number, word[prefix.Length..], out var digits);
        return Word(word[..(prefix.Length + digits)]);
    }

    public RespWriter Word(string word) => Word(Encoding.UTF8.GetBytes(word));

    public RespWriter Word(double number) => Word(number.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>Adds commands that another writer holds.</summary>
    public void Append(ReadOnlySpan<byte> commands) => Raw(commands);

    private RespWriter Line(byte kind, int number)
    {
        Span<byte> line = stackalloc byte[16];
        line[0] = kind;
        Utf8Formatter.TryFormat(number, line[1..], out var digits);
        "\r\n"u8.CopyTo(line[(1 + digits)..]);
        Raw(line[..(3 + digits)]);
        return this;
    }

    private void Raw(ReadOnlySpan<byte> bytes)
    {
        if (Length + bytes.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, Length + bytes.Length));
        }

        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }
}
