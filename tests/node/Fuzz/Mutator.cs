namespace Footprint.Grid.Node.Tests.Fuzz;

/// <summary>Spoils bytes in ways that parsers stumble over; the same seed spoils them the same way.</summary>
internal sealed class Mutator(int seed)
{
    private static readonly byte[][] _nasty =
    [
        [0], [0xFF], [0x7F], [0x80], [0xFF, 0xFF, 0xFF, 0xFF], [0x7F, 0xFF, 0xFF, 0xFF], [0x80, 0, 0, 0],
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], [0xFF, 0xFF, 0xFF, 0xFF, 0x0F], [0xC0, 0xAF], [0xED, 0xA0, 0x80],
        [0, 0, 0, 0, 0, 0, 0xF8, 0x7F], [0, 0, 0, 0, 0, 0, 0xF0, 0xFF], "\""u8.ToArray(), "{"u8.ToArray(), "[[[[[[[["u8.ToArray(), "1e999"u8.ToArray(),
        "\\ud800"u8.ToArray(), "null"u8.ToArray(), "-0"u8.ToArray(), "NaN"u8.ToArray(), "9223372036854775808"u8.ToArray(),
    ];

    private readonly Random _random = new(seed);

    public int Next(int below) => _random.Next(below);

    public byte[] Mutate(ReadOnlySpan<byte> bytes)
    {
        var result = bytes.ToArray().ToList();
        for (var left = 1 + _random.Next(4); left > 0; left--)
        {
            MutateOnce(result);
        }

        return [.. result];
    }

    private void MutateOnce(List<byte> bytes)
    {
        var at = _random.Next(bytes.Count + 1);
        var length = Math.Min(_random.Next(1, 9), bytes.Count - at);
        switch (_random.Next(7))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = (byte)_random.Next(256);
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 4:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 5:
                var nasty = _nasty[_random.Next(_nasty.Length)];
                bytes.RemoveRange(at, Math.Min(nasty.Length, bytes.Count - at));
                bytes.InsertRange(at, nasty);
                break;
            default:
                bytes.InsertRange(at, _nasty[_random.Next(_nasty.Length)]);
                break;
        }
    }
}
