namespace Footprint.Grid.Core.Decisions;

/// <summary>
/// Goes once through the numbers below a count, from a place that chance chooses, in steps of about the golden section of the
/// count that share no divisor with it. Wherever it is broken off, what it came across lies evenly: items that were loaded
/// side by side are met in proportion to how many they are. Steps whose ratio to the count has a partial quotient past
/// <see cref="MostQuotient"/> would come back close to where they were too soon and are passed over (the three-gap theorem;
/// van Ravenstein, J. Austral. Math. Soc. 1988).
/// </summary>
internal struct SlotWalk
{
    private const double Golden = 0.61803398874989485;
    private const int MostQuotient = 8;
    private const int MostTries = 64;

    private readonly int _count;
    private readonly int _step;
    private int _at;
    private int _left;

    public SlotWalk(int count, ulong seed)
    {
        (_count, _left, _step) = (count, count, Step(count));
        _at = count > 0 ? (int)(seed % (ulong)count) : 0;
    }

    /// <summary>The next number; -1 when all have been.</summary>
    public int Next()
    {
        if (_left == 0)
        {
            return -1;
        }

        _left--;
        int at = _at;
        _at = at < _count - _step ? at + _step : at - _count + _step;
        return at;
    }

    private static int Step(int count)
    {
        int coprime = 1;
        int first = (int)(count * Golden);
        for (int step = first; step > Math.Max(1, first - MostTries); step--)
        {
            int quotient = GreatestQuotient(count, step);
            if (quotient <= MostQuotient)
            {
                return step;
            }

            coprime = coprime == 1 && quotient != int.MaxValue ? step : coprime;
        }

        return coprime;
    }

    // By Euclid's algorithm; of numbers with a common divisor the greatest there is.
    private static int GreatestQuotient(int a, int b)
    {
        int most = 0;
        while (b > 0)
        {
            most = Math.Max(most, a / b);
            (a, b) = (b, a % b);
        }

        return a == 1 ? most : int.MaxValue;
    }
}
