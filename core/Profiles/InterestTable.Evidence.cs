using Footprint.Grid.Core.Consent;

namespace Footprint.Grid.Core.Profiles;

/// <summary>The evidence of interests: one row each, one column a half-life and data category.</summary>
internal sealed partial class InterestTable
{
    /// <summary>Asks for what <see cref="Add"/> reads, in two steps; see <see cref="ClientProfile.PrefetchTurn"/>.</summary>
    public void PrefetchTurn(int step)
    {
        if (step == 0)
        {
            Memory.Prefetch.Object(_columns);
            Memory.Prefetch.Span<int>(_hashes);
        }
        else if (step == 1)
        {
            Memory.Prefetch.Span<double>(_evidence);
            _columns.Prefetch();
        }
    }

    /// <summary>No exponent past that when a clock stands before the evidence.</summary>
    private const double MostDecay = 1L << 60;

    /// <summary>Decayed evidence of one interest in columns that may be used, the plain sum.</summary>
    public double Affinity(int i, long nowMs, DataCategories allowed = DataCategories.All)
    {
        double sum = 0;
        for (int c = 0; c < _width; c++)
        {
            sum += allowed.Permits(_columns.Categories(c)) ? Evidence(i, c) * Math.Min(_columns.Decay(c, nowMs), MostDecay) : 0;
        }

        return sum;
    }

    /// <summary>Likewise of all interests; one power of two a column instead of one an interest.</summary>
    public void Affinities(long nowMs, DataCategories allowed, Span<float> to)
    {
        Span<double> decay = stackalloc double[_width];
        Decay(nowMs, allowed, decay);
        for (int i = 0; i < Count; i++)
        {
            to[i] = (float)Sum(i, decay);
        }
    }

    // What evidence of each column counts for then; nothing in a column that may not be used.
    private void Decay(long nowMs, DataCategories allowed, Span<double> to)
    {
        for (int c = 0; c < _width; c++)
        {
            to[c] = allowed.Permits(_columns.Categories(c)) ? Math.Min(_columns.Decay(c, nowMs), MostDecay) : 0;
        }
    }

    private double Sum(int i, ReadOnlySpan<double> decay)
    {
        ReadOnlySpan<double> evidence = _evidence.AsSpan(i * _width, decay.Length);
        double sum = 0;
        for (int c = 0; c < decay.Length; c++)
        {
            sum += evidence[c] * decay[c];
        }

        return sum;
    }

    /// <summary>Asks for what <see cref="Marks"/> and <see cref="Affinities"/> read.</summary>
    public void Prefetch()
    {
        Memory.Prefetch.Span<Mark>(_marks.AsSpan(0, Count));
        Memory.Prefetch.Span<double>(_evidence.AsSpan(0, Count * _width));
        _columns.Prefetch();
    }

    /// <summary>Whether there is evidence in a column that may be used.</summary>
    public bool HasEvidence(int i, DataCategories allowed)
    {
        for (int c = 0; c < _width; c++)
        {
            if (Evidence(i, c) != 0 && allowed.Permits(_columns.Categories(c)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Data categories of the evidence that may be used, of all interests that count for something.</summary>
    public DataCategories Categories(DataCategories allowed)
    {
        DataCategories found = DataCategories.None;
        for (int c = 0; c < _width; c++)
        {
            DataCategories column = _columns.Categories(c);
            for (int i = 0; allowed.Permits(column) && !found.Permits(column) && i < Count; i++)
            {
                found |= Evidence(i, c) != 0 && Weight(i, allowed) > 0 ? column : DataCategories.None;
            }
        }

        return found;
    }

    private int PrepareColumn(in DecayColumns.ColumnKey key, long timeMs)
    {
        int column = _columns.Find(key);
        if (column < 0)
        {
            column = ~column;
            _columns.Insert(column, key, timeMs);
            Widen(column);
        }

        if (_columns.Behind(column, timeMs) is > 0 and var behind)
        {
            Scale(column, _columns.MoveLandmark(column, behind));
        }

        return column;
    }

    // Makes room for a column at that place.
    private void Widen(int at)
    {
        int width = _width + 1;
        var wider = new double[_entries.Length * width];
        for (int i = 0; i < Count; i++)
        {
            Array.Copy(_evidence, i * _width, wider, i * width, at);
            Array.Copy(_evidence, (i * _width) + at, wider, (i * width) + at + 1, _width - at);
        }

        (_evidence, _width) = (wider, width);
    }

    private void Scale(int column, int exponent)
    {
        for (int i = 0; i < Count && exponent != 0; i++)
        {
            ref double evidence = ref _evidence[(i * _width) + column];
            evidence = Math.ScaleB(evidence, exponent);
        }
    }
}
