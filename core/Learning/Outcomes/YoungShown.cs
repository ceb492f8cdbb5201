using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Core.Learning.Outcomes;

/// <summary>
/// How often one item was shown lately, by the rows of its <see cref="ItemOutcomes"/> and by the minute: numbers beside the sums that
/// hold it, as <see cref="YoungPicks"/> explains. 8 bytes each, and no more than there may be rows: past that the two of one row become one, at
/// their mean, that lie closest together for their age. So what there is lies the further apart the older it is.
/// </summary>
internal sealed class YoungShown
{
    /// <summary>As many as rows, so that each row can have one.</summary>
    public const int Most = ItemOutcomes.MostRows;

    // The row above the minute, which has room till the year 2480.
    private const int RowShift = 28;
    private const uint MinuteBits = (1u << RowShift) - 1;

    // What is taken back leaves roundings.
    private const double Rounding = 1e-3;

    private uint[] _keys = new uint[4];
    private float[] _shown = new float[4];

    public int Count { get; private set; }

    public int Row(int i) => (int)(_keys[i] >> RowShift);

    public int Minute(int i) => (int)(_keys[i] & MinuteBits);

    /// <summary>Counts what a row was shown in a minute; less than nothing is taken from what is nearest.</summary>
    public void Add(int row, int minute, double shown)
    {
        if (minute is < 0 or > (int)MinuteBits)
        {
            return;
        }

        uint key = ((uint)row << RowShift) | (uint)minute;
        int at = 0;
        while (at < Count && _keys[at] < key)
        {
            at++;
        }

        if (!(shown > 0))
        {
            TakeBack(Nearest(row, minute, at), shown);
        }
        else if (at < Count && _keys[at] == key)
        {
            _shown[at] += (float)shown;
        }
        else
        {
            Insert(at, key, (float)shown);
        }
    }

    /// <summary>How much of what a row was shown does not count yet.</summary>
    public double Uncounted(int row, YoungPicks placement)
    {
        double uncounted = 0;
        for (int i = 0; i < Count; i++)
        {
            if (Row(i) == row)
            {
                uncounted += placement.Missing(Minute(i)) * _shown[i];
            }
        }

        return uncounted;
    }

    public void RemoveAt(int i)
    {
        Count--;
        _keys.AsSpan(i + 1, Count - i).CopyTo(_keys.AsSpan(i));
        _shown.AsSpan(i + 1, Count - i).CopyTo(_shown.AsSpan(i));
    }

    /// <summary>Forgets a row.</summary>
    public void Remove(int row)
    {
        for (int i = Count - 1; i >= 0; i--)
        {
            if (Row(i) == row)
            {
                RemoveAt(i);
            }
        }
    }

    /// <summary>A row, the last of all, has another number, which no row has.</summary>
    public void Renumber(int row, int number)
    {
        int first = Count;
        while (first > 0 && Row(first - 1) == row)
        {
            first--;
        }

        // To its place, as they are sorted by row.
        for (int i = first; i < Count; i++)
        {
            (uint key, float shown) = (((uint)number << RowShift) | (uint)Minute(i), _shown[i]);
            int at = i;
            for (; at > 0 && _keys[at - 1] > key; at--)
            {
                (_keys[at], _shown[at]) = (_keys[at - 1], _shown[at - 1]);
            }

            (_keys[at], _shown[at]) = (key, shown);
        }
    }

    public void Scale(double factor)
    {
        for (int i = 0; i < Count; i++)
        {
            _shown[i] = (float)(_shown[i] * factor);
        }
    }

    /// <summary>What it knows of a row, for a store.</summary>
    public void Save(int row, StoredOutcomes to)
    {
        for (int i = 0; i < Count; i++)
        {
            if (Row(i) == row)
            {
                to.YoungMinutes.Add(Minute(i));
                to.Young.Add(_shown[i]);
            }
        }
    }

    // Of a row, the one before or at a place; -1 when there is none.
    private int Nearest(int row, int minute, int at)
    {
        bool isAfter = at < Count && Row(at) == row;
        bool isBefore = at > 0 && Row(at - 1) == row;
        return !isBefore ? (isAfter ? at : -1) : isAfter && Minute(at) - minute < minute - Minute(at - 1) ? at : at - 1;
    }

    private void TakeBack(int at, double shown)
    {
        if (at < 0)
        {
            return;
        }

        _shown[at] += (float)shown;
        if (!(_shown[at] > -shown * Rounding))
        {
            RemoveAt(at);
        }
    }

    private void Insert(int at, uint key, float shown)
    {
        if (Count == _keys.Length)
        {
            Array.Resize(ref _keys, Math.Min(2 * Count, Most + 1));
            Array.Resize(ref _shown, _keys.Length);
        }

        _keys.AsSpan(at, Count - at).CopyTo(_keys.AsSpan(at + 1));
        _shown.AsSpan(at, Count - at).CopyTo(_shown.AsSpan(at + 1));
        (_keys[at], _shown[at]) = (key, shown);
        Count++;
        if (Count > Most)
        {
            Join();
        }
    }

    // More than there are rows, so some row has two.
    private void Join()
    {
        int now = 0;
        for (int i = 0; i < Count; i++)
        {
            now = Math.Max(now, Minute(i));
        }

        (int closest, double least) = (-1, double.PositiveInfinity);
        for (int i = 0; i + 1 < Count; i++)
        {
            double apart = (Minute(i + 1) - Minute(i)) / (1.0 + now - Minute(i + 1));
            if (Row(i) == Row(i + 1) && apart < least)
            {
                (closest, least) = (i, apart);
            }
        }

        double all = (double)_shown[closest] + _shown[closest + 1];
        int later = (int)Math.Round((Minute(closest + 1) - Minute(closest)) * (_shown[closest + 1] / all));
        (_keys[closest], _shown[closest]) = (_keys[closest] + (uint)later, (float)all);
        RemoveAt(closest + 1);
    }
}
