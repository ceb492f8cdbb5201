namespace Footprint.Grid.Core.Profiles;

/// <summary>The evidence of interests: one row each, one column a half-life.</summary>
internal sealed partial class InterestTable
{
    /// <summary>Decayed evidence of one interest, the plain sum.</summary>
    public double Affinity(int i, long nowMs)
    {
        double sum = 0;
        for (int c = 0; c < _width; c++)
        {
            sum += Evidence(i, c) * _columns.Decay(c, nowMs);
        }

        return sum;
    }

    /// <summary>Decayed evidence of all interests; one power of two a half-life instead of one an interest.</summary>
    public void Affinities(long nowMs, Span<float> to)
    {
        Span<double> decay = stackalloc double[ProfileLimits.HalfLives];
        for (int c = 0; c < _width; c++)
        {
            decay[c] = _columns.Decay(c, nowMs);
        }

        for (int i = 0, at = 0; i < Count; i++)
        {
            double sum = 0;
            for (int c = 0; c < _width; c++, at++)
            {
                sum += _evidence[at] * decay[c];
            }

            to[i] = (float)sum;
        }
    }

    /// <summary>Asks for what <see cref="Marks"/> and <see cref="Affinities"/> read.</summary>
    public void Prefetch()
    {
        Memory.Prefetch.Span<Mark>(_marks.AsSpan(0, Count));
        Memory.Prefetch.Span<double>(_evidence.AsSpan(0, Count * _width));
        _columns.Prefetch();
    }

    private int PrepareColumn(double halfLifeSeconds, long timeMs)
    {
        if (_columns.Count == 0)
        {
            _columns.MoveLandmark(timeMs);
        }

        int column = _columns.ColumnOf(halfLifeSeconds);
        if (column >= _width)
        {
            Widen(_columns.Count);
        }

        for (int c = 0; c < _width; c++)
        {
            if (_columns.NeedsRebase(c, timeMs))
            {
                Rebase(timeMs);
                break;
            }
        }

        return column;
    }

    private void Widen(int width)
    {
        var wider = new double[_entries.Length * width];
        for (int i = 0; i < Count; i++)
        {
            Array.Copy(_evidence, i * _width, wider, i * width, _width);
        }

        _evidence = wider;
        _width = width;
    }

    private void Rebase(long toMs)
    {
        for (int c = 0; c < _width; c++)
        {
            double factor = _columns.Decay(c, toMs);
            for (int i = 0; i < Count; i++)
            {
                _evidence[(i * _width) + c] *= factor;
            }
        }

        _columns.MoveLandmark(toMs);
    }
}
