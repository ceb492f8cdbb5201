using System.Collections.Concurrent;

namespace Footprint.Grid.Core.Catalog;

/// <summary>
/// Numbers for names, from 0 on, never taken back: all versions of a catalog share one, so a number stays good for as
/// long as the process runs. One writer; readers need no lock.
/// </summary>
public sealed class NameTable(int bound)
{
    private readonly ConcurrentDictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private string[] _names = new string[16];
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public int Bound => bound;

    /// <summary>-1 when the name has no number.</summary>
    public int Find(string name) => _numbers.TryGetValue(name, out int number) ? number : -1;

    public string Name(int number) => Volatile.Read(ref _names)[number];

    /// <summary>-1 when the table is full.</summary>
    public int FindOrAdd(string name)
    {
        int number = Find(name);
        if (number >= 0 || _count == bound)
        {
            return number;
        }

        if (_count == _names.Length)
        {
            string[] longer = new string[Math.Min(bound, _count * 2)];
            _names.CopyTo(longer, 0);
            Volatile.Write(ref _names, longer);
        }

        _names[_count] = name;
        number = _count;
        Volatile.Write(ref _count, _count + 1);
        _numbers[name] = number;
        return number;
    }
}
