using System.Numerics;

namespace Footprint.Grid.Core.Decisions;

/// <summary>
/// The slots in question for one decision, each once, with the sum of its co-visit terms. Open addressing on a table
/// that is no larger than the decision needs, so that it stays in the nearest cache; emptied by a new generation number
/// instead of a sweep.
/// </summary>
internal sealed class CandidateSet
{
    /// <summary>
    /// Candidates and exclusions together: 1,000 excluded, 400 spent and 4,096 capped are left out; 1,000 are asked for, or retrieval adds some
    /// hundreds and as many as are excluded, capped or asked for.
    /// </summary>
    public const int Most = 12_288;
    private const int MostTableBits = 14;
    private const int LeastTableBits = 9;
    private const int Excluded = -1;

    /// <summary>Of the sources of terms, how many of the first are told apart.</summary>
    public const int SourcesKnown = 16;

    private readonly Cell[] _table = new Cell[1 << MostTableBits];
    private readonly int[] _slots = new int[Most];
    private readonly float[] _coVisits = new float[Most];
    private readonly ushort[] _sources = new ushort[Most];
    private readonly bool[] _isWanted = new bool[Most];
    private ushort _generation = 1;
    private int _used;
    private int _bits = LeastTableBits;
    private int _room;

    /// <summary>Places given; one whose slot was excluded afterwards or pruned has slot -1.</summary>
    public int Count { get; private set; }

    public ReadOnlySpan<int> Slots => _slots.AsSpan(0, Count);

    public ReadOnlySpan<float> CoVisits => _coVisits.AsSpan(0, Count);

    /// <summary>Of the first <see cref="SourcesKnown"/> sources those that a candidate's terms came from, a bit each; all for what is not in.</summary>
    public uint Sources(int slot)
    {
        ref Cell cell = ref Find(slot);
        return IsNew(cell) || cell.Place < 0 ? ushort.MaxValue : _sources[cell.Place];
    }

    /// <param name="most">How many candidates and exclusions there may be; what comes past that and past <see cref="Most"/> is left out.</param>
    public void Clear(int most)
    {
        _bits = Math.Clamp(BitOperations.Log2((uint)most * 4 / 3) + 1, LeastTableBits, MostTableBits);
        _room = 3 << (_bits - 2);
        _used = 0;
        Count = 0;
        if (++_generation == 0)
        {
            Array.Clear(_table);
            _generation = 1;
        }
    }

    /// <summary>Keeps a slot out, whether it is in already or comes later.</summary>
    public void Exclude(int slot)
    {
        ref Cell cell = ref Find(slot);
        if (IsNew(cell) && !Take(ref cell, slot))
        {
            return;
        }

        if (cell.Place >= 0)
        {
            _slots[cell.Place] = -1;
        }

        cell.Place = Excluded;
    }

    public void Add(int slot) => Add(slot, 0, 0, isWanted: true);

    public void Add(ReadOnlySpan<int> slots)
    {
        foreach (int slot in slots)
        {
            Add(slot);
        }
    }

    /// <summary>Adds one with its term; one that is never added without may be left out by <see cref="Prune"/>.</summary>
    public void Add(int slot, float coVisit, int source) => Add(slot, coVisit, Bit(source), isWanted: coVisit == 0);

    private static ushort Bit(int source) => source < SourcesKnown ? (ushort)(1 << source) : (ushort)0;

    private void Add(int slot, float coVisit, ushort source, bool isWanted)
    {
        ref Cell cell = ref Find(slot);
        if (IsNew(cell))
        {
            if (!Take(ref cell, slot))
            {
                return;
            }

            cell.Place = (short)Count;
            _slots[Count] = slot;
            _isWanted[Count] = isWanted;
            _sources[Count] = source;
            _coVisits[Count++] = coVisit;
        }
        else if (cell.Place >= 0)
        {
            _coVisits[cell.Place] += coVisit;
            _sources[cell.Place] |= source;
            _isWanted[cell.Place] |= isWanted;
        }
    }

    /// <summary>
    /// Of those that were added for their terms alone leaves about so many with the greatest sums: all that are not below
    /// the one in that rank by more than a 256th of the greatest.
    /// </summary>
    public void Prune(int most)
    {
        const int Bins = 256;
        int free = 0;
        float greatest = 0;
        for (int place = 0; place < Count; place++)
        {
            if (!_isWanted[place] && _slots[place] >= 0)
            {
                free++;
                greatest = Math.Max(greatest, _coVisits[place]);
            }
        }

        if (free <= most || greatest <= 0)
        {
            return;
        }

        Span<int> bins = stackalloc int[Bins];
        bins.Clear();
        float scale = (Bins - 1) / greatest;
        for (int place = 0; place < Count; place++)
        {
            if (!_isWanted[place] && _slots[place] >= 0)
            {
                bins[Math.Max(0, (int)(_coVisits[place] * scale))]++;
            }
        }

        int least = Bins - 1;
        for (int sum = bins[least]; sum < most;)
        {
            sum += bins[--least];
        }

        for (int place = 0; place < Count; place++)
        {
            if (!_isWanted[place] && Math.Max(0, (int)(_coVisits[place] * scale)) < least)
            {
                _slots[place] = -1;
            }
        }
    }

    /// <summary>Adds to a slot that is in, and to no other.</summary>
    public void AddIfIn(int slot, float coVisit, int source)
    {
        ref Cell cell = ref Find(slot);
        if (!IsNew(cell) && cell.Place >= 0)
        {
            _coVisits[cell.Place] += coVisit;
            _sources[cell.Place] |= Bit(source);
        }
    }

    private bool Take(ref Cell cell, int slot)
    {
        if (_used == _room)
        {
            return false;
        }

        _used++;
        cell = new Cell { Generation = _generation, Slot = slot, Place = Excluded };
        return true;
    }

    private bool IsNew(in Cell cell) => cell.Generation != _generation;

    private ref Cell Find(int slot)
    {
        Cell[] table = _table;
        int mask = (1 << _bits) - 1;
        int at = (int)((uint)slot * 2654435761u >> (32 - _bits));
        while (table[at].Generation == _generation && table[at].Slot != slot)
        {
            at = (at + 1) & mask;
        }

        return ref table[at];
    }

    private struct Cell
    {
        public int Slot;
        public ushort Generation;
        public short Place;
    }
}
