namespace Footprint.Grid.Core.Decisions;

/// <summary>
/// The slots in question for one decision, each once, with the sum of its co-visit terms. Open addressing on a table
/// that stays in the nearest caches; emptied by a new generation number instead of a sweep.
/// </summary>
internal sealed class CandidateSet
{
    /// <summary>Candidates and exclusions together: 1,000 asked for, 1,000 excluded, 200 recent, and what retrieval adds.</summary>
    public const int Most = 3072;
    private const int TableBits = 12;
    private const int Excluded = -1;

    private readonly Cell[] _table = new Cell[1 << TableBits];
    private readonly int[] _slots = new int[Most];
    private readonly float[] _coVisits = new float[Most];
    private int _generation = 1;
    private int _used;

    /// <summary>Places given; one whose slot was excluded afterwards has slot -1.</summary>
    public int Count { get; private set; }

    public ReadOnlySpan<int> Slots => _slots.AsSpan(0, Count);

    public float CoVisit(int place) => _coVisits[place];

    public void Clear()
    {
        _generation++;
        _used = 0;
        Count = 0;
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

    public void Add(int slot) => Add(slot, 0);

    public void Add(int slot, float coVisit)
    {
        ref Cell cell = ref Find(slot);
        if (IsNew(cell))
        {
            if (!Take(ref cell, slot))
            {
                return;
            }

            cell.Place = Count;
            _slots[Count] = slot;
            _coVisits[Count++] = coVisit;
        }
        else if (cell.Place >= 0)
        {
            _coVisits[cell.Place] += coVisit;
        }
    }

    /// <summary>Adds to a slot that is in, and to no other.</summary>
    public void AddIfIn(int slot, float coVisit)
    {
        ref Cell cell = ref Find(slot);
        if (!IsNew(cell) && cell.Place >= 0)
        {
            _coVisits[cell.Place] += coVisit;
        }
    }

    private bool Take(ref Cell cell, int slot)
    {
        if (_used == Most)
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
        int at = (int)((uint)slot * 2654435761u >> (32 - TableBits));
        while (_table[at].Generation == _generation && _table[at].Slot != slot)
        {
            at = (at + 1) & (_table.Length - 1);
        }

        return ref _table[at];
    }

    private struct Cell
    {
        public int Generation;
        public int Slot;
        public int Place;
    }
}
