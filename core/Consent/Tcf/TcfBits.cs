namespace Footprint.Grid.Core.Consent.Tcf;

/// <summary>Reads the numbers of one segment from its base64url characters, six bits each, most significant bit first.</summary>
internal ref struct TcfBits(ReadOnlySpan<char> segment, string name)
{
    private readonly ReadOnlySpan<char> _segment = segment;
    private readonly string _name = name;
    private int _at;

    /// <summary>A number of up to 36 bits.</summary>
    /// <exception cref="TcfException">The segment ends before, or holds a character that is not base64url.</exception>
    public long Read(int bits, string field)
    {
        long value = 0;
        for (int end = _at + bits; _at < end; _at++)
        {
            if (_at / 6 >= _segment.Length)
            {
                throw new TcfException($"the {_name} segment ends within {field}", $"{bits} bits from bit {end - bits} on");
            }

            int six = Six(_segment[_at / 6]);
            if (six < 0)
            {
                throw new TcfException($"the {_name} segment holds a character that is not base64url, at {_at / 6}", "A-Z a-z 0-9 - _");
            }

            value = (value << 1) | (uint)((six >> (5 - (_at % 6))) & 1);
        }

        return value;
    }

    public int ReadInt(int bits, string field) => (int)Read(bits, field);

    public bool ReadFlag(string field) => Read(1, field) == 1;

    /// <summary>Two letters, six bits each from A on.</summary>
    public string ReadLetters(string field)
    {
        int first = ReadInt(6, field);
        int second = ReadInt(6, field);
        return first < 26 && second < 26
            ? string.Create(2, (first, second), static (text, two) => (text[0], text[1]) = ((char)('A' + two.first), (char)('A' + two.second)))
            : throw new TcfException($"{field} is no two letters", "A to Z, as 0 to 25");
    }

    private static int Six(char c) => c switch
    {
        >= 'A' and <= 'Z' => c - 'A',
        >= 'a' and <= 'z' => c - 'a' + 26,
        >= '0' and <= '9' => c - '0' + 52,
        '-' => 62,
        '_' => 63,
        _ => -1,
    };
}
