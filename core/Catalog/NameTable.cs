using System.Text;
using Footprint.Grid.Core.Memory;
using Footprint.Grid.Engine;

namespace Footprint.Grid.Core.Catalog;

/// <summary>
/// Numbers for names, from 0 on, never taken back: all versions of a catalog share one, so a number stays good for as
/// long as the process runs. One writer; readers need no lock.
/// </summary>
/// <remarks>
/// Open addressing on cells of eight bytes, no more than three quarters of them taken: the upper half of a cell is the name's hash, the
/// lower its number plus one, 0 when the cell is free. A cell is written last and whole, so a reader who sees it sees the
/// name as well. A look-up reads one cell, mostly, and the name; a dictionary of objects has two more on the way.
/// </remarks>
public sealed class NameTable(int bound)
{
    /// <summary>Names looked up together, so that their waits for memory fall into one another.</summary>
    internal const int AtOnce = 32;

    private const int MostChars = 256;

    // As unknown outside the process as what strings hash to.
    private static readonly ulong _one = ((ulong)Hash("one") << 32) | Hash("another");
    private static readonly ulong _two = ((ulong)Hash("two") << 32) | Hash("the other");

    private ulong[] _cells = new ulong[32];
    private string[] _names = new string[16];

    // The same names as bytes, those that are short, which most are.
    private ShortText[] _texts = new ShortText[16];
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public int Bound => bound;

    /// <summary>-1 when the name has no number.</summary>
    public int Find(string name)
    {
        ShortText text = ShortText.Of(name);
        ulong[] cells = Volatile.Read(ref _cells);
        return text.Length > 0 ? Find(cells, Hash(text), text) : Find(cells, Hash(name), name);
    }

    /// <summary>The same of a name as UTF-8.</summary>
    internal int Find(ReadOnlySpan<byte> name)
    {
        ShortText text = ShortText.Of(name);
        ulong[] cells = Volatile.Read(ref _cells);
        if (text.Length > 0)
        {
            return Find(cells, Hash(text), text);
        }

        Span<char> chars = stackalloc char[MostChars];
        return name.Length <= MostChars && Encoding.UTF8.TryGetChars(name, chars, out int length)
            ? Find(cells, Hash(chars[..length]), chars[..length])
            : Find(Encoding.UTF8.GetString(name));
    }

    /// <summary>
    /// The numbers of up to <see cref="AtOnce"/> names, taken off the front of the fields of a request, each as
    /// <see cref="Find(ReadOnlySpan{byte})"/> gives it; how many there were.
    /// </summary>
    internal int Find(ref ReadOnlySpan<byte> fields, scoped Span<int> numbers)
    {
        ulong[] cells = Volatile.Read(ref _cells);
        Span<ShortText> texts = stackalloc ShortText[AtOnce];
        Span<uint> hashes = stackalloc uint[AtOnce];
        ReadOnlySpan<byte> longOnes = fields;
        int count = 0;
        for (; count < numbers.Length && PickRequestBytes.TryTake(ref fields, out ReadOnlySpan<byte> name); count++)
        {
            texts[count] = ShortText.Of(name);
            hashes[count] = Hash(texts[count]);
            Prefetch.Value(in cells[(int)hashes[count] & (cells.Length - 1)]);
        }

        for (int i = 0; i < count; i++)
        {
            PickRequestBytes.TryTake(ref longOnes, out ReadOnlySpan<byte> name);
            numbers[i] = texts[i].Length > 0 ? Find(cells, hashes[i], texts[i]) : Find(name);
        }

        return count;
    }

    public string Name(int number) => Volatile.Read(ref _names)[number];

    /// <summary>The name as bytes; the default when it is too long for that.</summary>
    internal ref readonly ShortText Text(int number) => ref Volatile.Read(ref _texts)[number];

    /// <summary>-1 when the table is full.</summary>
    public int FindOrAdd(string name)
    {
        int number = Find(name);
        if (number >= 0 || _count == bound)
        {
            return number;
        }

        Grow();
        number = _count;
        _names[number] = name;
        _texts[number] = ShortText.Of(name);
        Put(_cells, _texts[number].Length > 0 ? Hash(_texts[number]) : Hash(name), number);
        Volatile.Write(ref _count, number + 1);
        return number;
    }

    private static uint Hash(in ShortText text) => text.Hash(_one, _two);

    private static uint Hash(ReadOnlySpan<char> name) => (uint)string.GetHashCode(name);

    private int Find(ulong[] cells, uint hash, in ShortText text)
    {
        for (int at = (int)hash & (cells.Length - 1); Volatile.Read(ref cells[at]) is not 0 and var cell; at = (at + 1) & (cells.Length - 1))
        {
            if ((uint)(cell >> 32) == hash && Text((int)(uint)cell - 1).Is(text))
            {
                return (int)(uint)cell - 1;
            }
        }

        return -1;
    }

    private int Find(ulong[] cells, uint hash, ReadOnlySpan<char> name)
    {
        for (int at = (int)hash & (cells.Length - 1); Volatile.Read(ref cells[at]) is not 0 and var cell; at = (at + 1) & (cells.Length - 1))
        {
            if ((uint)(cell >> 32) == hash && name.SequenceEqual(Name((int)(uint)cell - 1)))
            {
                return (int)(uint)cell - 1;
            }
        }

        return -1;
    }

    private static void Put(ulong[] cells, uint hash, int number)
    {
        int at = (int)hash & (cells.Length - 1);
        while (cells[at] != 0)
        {
            at = (at + 1) & (cells.Length - 1);
        }

        Volatile.Write(ref cells[at], ((ulong)hash << 32) | ((uint)number + 1));
    }

    // Readers keep what they hold; the larger arrays are theirs from the next look-up on.
    private void Grow()
    {
        if (_count == _names.Length)
        {
            string[] longer = new string[_count * 2];
            _names.CopyTo(longer, 0);
            Volatile.Write(ref _names, longer);
            var longerTexts = new ShortText[_count * 2];
            _texts.CopyTo(longerTexts, 0);
            Volatile.Write(ref _texts, longerTexts);
        }

        if (4 * (_count + 1L) > 3L * _cells.Length)
        {
            ulong[] wider = new ulong[_cells.Length * 2];
            foreach (ulong cell in _cells)
            {
                if (cell != 0)
                {
                    Put(wider, (uint)(cell >> 32), (int)(uint)cell - 1);
                }
            }

            Volatile.Write(ref _cells, wider);
        }
    }
}
