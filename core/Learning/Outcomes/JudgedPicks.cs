using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Core.Learning.Outcomes;

/// <summary>
/// Whether the chances that a placement states mean what they say, by its last picks alone: after a change in the world those of before
/// must not speak for the ones of now. Each chance was stated before its outcome was known, so the past ones are held out (progressive validation;
/// Blum, Kalai and Langford, COLT 1999). Judged are the sums since what they were some 5,000 picks ago, as far as picks count by then and now
/// (<see cref="YoungPicks"/>), so that a like that comes late meets its pick. One caller at a time.
/// </summary>
internal sealed class JudgedPicks
{
    /// <summary>Picks that are judged; up to a quarter more, and all before there are as many.</summary>
    public const int Window = 5000;

    private const int Step = Window / 4;
    private const int MostMarks = (Window / Step) + 2;
    private const int Length = PlacementLayout.Delays - PlacementLayout.Stated;
    private const double LeastOfEach = 100;
    private const double LeastPicks = 1000;

    // What the sums were, the oldest first.
    private readonly List<double[]> _marks = [new double[Length]];

    /// <summary>
    /// Whether chances may be taken at their word. They are from when, of at least 1,000 picks, 100 of them liked and 100 not, the expected
    /// calibration error is at most 0.04 and the Brier score at least 12 % below that of the base rate; and as long as it is at most 0.05, and at
    /// least 10 %, as is promised. What is between keeps chance from taking back and forth what is said.
    /// </summary>
    public bool IsTrusted { get; private set; }

    /// <summary>Mean distance of the stated chance from the share of likes, over <see cref="PlacementLayout.StatedCount"/> bins, by picks.</summary>
    public double Error { get; private set; }

    /// <summary>How much of the base rate's Brier score the stated chances take away; less than 0 when they add to it.</summary>
    public double Skill { get; private set; }

    /// <param name="counted">As <see cref="PlacementLayout"/> places them, relative to a landmark, as far as they count.</param>
    /// <param name="decay">What they are multiplied by to be those of now.</param>
    public void Judge(ReadOnlySpan<double> counted, double decay)
    {
        ReadOnlySpan<double> sums = counted[PlacementLayout.Stated..PlacementLayout.Delays];
        double all = Picks(sums);
        if (all < Picks(_marks[0]))
        {
            // Taken back, or begun anew.
            Clear();
        }

        if ((all - Picks(_marks[^1])) * decay >= Step)
        {
            _marks.Add(sums.ToArray());
        }

        while (_marks.Count > 1 && ((all - Picks(_marks[1])) * decay >= Window || _marks.Count > MostMarks))
        {
            _marks.RemoveAt(0);
        }

        Judge(sums, _marks[0], decay);
    }

    public void Clear()
    {
        _marks.Clear();
        _marks.Add(new double[Length]);
    }

    public void Scale(double factor)
    {
        foreach (double[] mark in _marks)
        {
            for (int i = 0; i < mark.Length; i++)
            {
                mark[i] *= factor;
            }
        }
    }

    public void Save(StoredOutcomes to)
    {
        to.Calibrated = IsTrusted;
        foreach (double[] mark in _marks)
        {
            to.Judged.Add(mark);
        }
    }

    /// <param name="stored">What <see cref="Save"/> gave; nothing of an earlier version, all of whose picks are judged until there are newer ones.</param>
    /// <param name="growth">What sums are multiplied by.</param>
    /// <exception cref="CorruptRecordException">It did not.</exception>
    public void Load(StoredOutcomes stored, double growth)
    {
        if (stored.Judged.Count % Length != 0 || stored.Judged.Count > (MostMarks + 1) * Length || stored.Judged.Any(sum => !double.IsFinite(sum)))
        {
            throw new CorruptRecordException($"What is judged of placement {stored.Placement} is not what was saved.");
        }

        IsTrusted = stored.Calibrated;
        Clear();
        for (int at = 0; at < stored.Judged.Count; at += Length)
        {
            _marks.Add([.. stored.Judged.Skip(at).Take(Length).Select(sum => sum * growth)]);
        }

        _marks.RemoveRange(0, _marks.Count > 1 ? 1 : 0);
    }

    private void Judge(ReadOnlySpan<double> sums, ReadOnlySpan<double> from, double decay)
    {
        const int Squares = PlacementLayout.Squares - PlacementLayout.Stated;
        (double picks, double likes, double error) = (0, 0, 0);
        for (int at = 0; at < Squares; at += 3)
        {
            picks += (sums[at] - from[at]) * decay;
            likes += (sums[at + 2] - from[at + 2]) * decay;
            error += Math.Abs(sums[at + 1] - from[at + 1] - sums[at + 2] + from[at + 2]) * decay;
        }

        if (picks < 1)
        {
            (IsTrusted, Error, Skill) = (false, 0, 0);
            return;
        }

        double rate = likes / picks;
        double brier = ((sums[Squares] - from[Squares] - (2 * (sums[Squares + 1] - from[Squares + 1]))) * decay / picks) + rate;
        double ofRate = rate * (1 - rate);
        (Error, Skill) = (error / picks, ofRate > 0 ? 1 - (brier / ofRate) : 0);
        IsTrusted = picks >= LeastPicks && likes >= LeastOfEach && picks - likes >= LeastOfEach
            && (IsTrusted ? Error <= 0.05 && Skill >= 0.10 : Error <= 0.04 && Skill >= 0.12);
    }

    private static double Picks(ReadOnlySpan<double> sums)
    {
        double picks = 0;
        for (int at = 0; at < PlacementLayout.Squares - PlacementLayout.Stated; at += 3)
        {
            picks += sums[at];
        }

        return picks;
    }
}
