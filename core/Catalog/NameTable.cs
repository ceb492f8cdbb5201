using Footprint.Grid.Core.Memory;
using Google.Protobuf.Collections;

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

    private ulong[] _cells = new ulong[32];
    private string[] _names = new string[16];
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public int Bound => bound;

    /// <summary>-1 when the name has no number.</summary>
    public int Find(string name)
    {
        uint hash = Hash(name);
        ulong[] cells = Volatile.Read(ref _cells);
        return Find(cells, (int)hash & (cells.Length - 1), hash, name);
    }

    /// <summary>The numbers of up to <see cref="AtOnce"/> names from a place in a list on, each as <see cref="Find(string)"/> gives it.</summary>
    internal void Find(RepeatedField<string> names, int first, Span<int> numbers)
    {
        ulong[] cells = Volatile.Read(ref _cells);
        Span<uint> hashes = stackalloc uint[AtOnce];
        for (int i = 0; i < numbers.Length; i++)
        {
            hashes[i] = Hash(names[first + i]);
            Prefetch.Value(in cells[(int)hashes[i] & (cells.Length - 1)]);
        }

        string[] known = Volatile.Read(ref _names);
        for (int i = 0; i < numbers.Length; i++)
        {
            // A name that is not where it belongs was pushed on by another; it is found below, only later.
            ulong cell = Volatile.Read(ref cells[(int)hashes[i] & (cells.Length - 1)]);
            numbers[i] = (int)(uint)cell - 1;
            if ((uint)numbers[i] < (uint)known.Length)
            {
                Prefetch.Value(in known[numbers[i]]);
            }
        }

        for (int i = 0; i < numbers.Length; i++)
        {
            if ((uint)numbers[i] < (uint)known.Length)
            {
                Prefetch.Text(known[numbers[i]]);
            }
        }

        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = Find(cells, (int)hashes[i] & (cells.Length - 1), hashes[i], names[first + i]);
        }
    }

    public string Name(int number) => Volatile.Read(ref _names)[number];

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
        Put(_cells, Hash(name), number);
        Volatile.Write(ref _count, number + 1);
        return number;
    }

    private static uint Hash(string name) => (uint)name.GetHashCode(StringComparison.Ordinal);

    private int Find(ulong[] cells, int at, uint hash, string name)
    {
        for (ulong cell; (cell = Volatile.Read(ref cells[at])) != 0; at = (at + 1) & (cells.Length - 1))
        {
            if ((uint)(cell >> 32) == hash && Name((int)(uint)cell - 1) == name)
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
