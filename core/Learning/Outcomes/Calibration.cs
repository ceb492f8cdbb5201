using System.Numerics;
using System.Runtime.Intrinsics;

namespace Footprint.Grid.Core.Learning.Outcomes;

/// <summary>
/// From predictions to chances, one placement's: isotonic regression (pool adjacent violators; Zadrozny and Elkan, KDD 2002)
/// of likes on recent predictions, in bins, with straight lines between the bins' means. Whether the chances that were
/// stated mean what they say is judged by these themselves: each was stated before its outcome was known (progressive
/// validation; Blum, Kalai and Langford, COLT 1999). What was stated before a thousand picks were known is nobody's
/// promise and not judged: where many are shown in the first moments, it would count against the others for long.
/// </summary>
internal sealed class Calibration
{
    // A bin of few picks leans on the rate of all by so many picks.
    private const double Lean = 4;
    private const double LeastOfEach = 100;
    private const double LeastPicks = 1000;

    // Filled up to whole vectors with what no prediction reaches.
    private readonly float[] _predicted;
    private readonly float[] _chance;

    private Calibration(float[] predicted, float[] chance)
    {
        _chance = chance;
        _predicted = new float[(predicted.Length + Vector256<float>.Count - 1) / Vector256<float>.Count * Vector256<float>.Count];
        predicted.CopyTo(_predicted, 0);
        _predicted.AsSpan(predicted.Length).Fill(float.PositiveInfinity);
    }

    /// <summary>States predictions as they are.</summary>
    public static Calibration None { get; } = new([], []);

    /// <summary>Whether enough is known for what is stated to be judged.</summary>
    public bool IsJudged { get; private init; }

    /// <summary>
    /// Whether chances may be taken at their word: of at least 1,000 picks, 100 of them liked and 100 not, the expected
    /// calibration error is at most 0.04 and the Brier score at least 12 % below that of the base rate. The promise is
    /// 0.05 and 10 %; what is between is for what comes after.
    /// </summary>
    public bool IsTrusted { get; private init; }

    /// <summary>Mean distance of the stated chance from the share of likes, over <see cref="PlacementLayout.StatedCount"/> bins, by picks.</summary>
    public double Error { get; private init; }

    /// <summary>How much of the base rate's Brier score the stated chances take away; less than 0 when they add to it.</summary>
    public double Skill { get; private init; }

    public float Chance(float predicted)
    {
        int count = _chance.Length;
        if (count == 0)
        {
            return predicted;
        }

        int at = 0;
        for (int i = 0; i < _predicted.Length; i += Vector256<float>.Count)
        {
            at += BitOperations.PopCount(Vector256.LessThan(Vector256.Create(_predicted, i), Vector256.Create(predicted)).ExtractMostSignificantBits());
        }

        if (at == 0 || at == count)
        {
            return _chance[Math.Min(at, count - 1)];
        }

        float part = (predicted - _predicted[at - 1]) / (_predicted[at] - _predicted[at - 1]);
        return _chance[at - 1] + (part * (_chance[at] - _chance[at - 1]));
    }

    /// <param name="sums">As <see cref="PlacementLayout"/> places them, relative to a landmark.</param>
    /// <param name="decay">What they are multiplied by to be those of now.</param>
    public static Calibration Of(ReadOnlySpan<double> sums, double decay)
    {
        (double known, double liked) = (0, 0);
        for (int at = PlacementLayout.Bins; at < PlacementLayout.Stated; at += 3)
        {
            known += sums[at] * decay;
            liked += sums[at + 2] * decay;
        }

        if (known < 1)
        {
            return None;
        }

        double picks = 0;
        double likes = 0;
        double error = 0;
        for (int at = PlacementLayout.Stated; at < PlacementLayout.Squares; at += 3)
        {
            picks += sums[at] * decay;
            likes += sums[at + 2] * decay;
            error += Math.Abs(sums[at + 1] - sums[at + 2]) * decay;
        }

        (float[] predicted, float[] chance) = Isotonic(sums.Slice(PlacementLayout.Bins, 3 * PlacementLayout.BinCount), decay, liked / known);
        bool isJudged = known >= LeastPicks;
        if (picks < 1)
        {
            return new Calibration(predicted, chance) { IsJudged = isJudged };
        }

        double rate = likes / picks;
        double brier = ((sums[PlacementLayout.Squares] - (2 * sums[PlacementLayout.Squares + 1])) * decay / picks) + rate;
        double ofRate = rate * (1 - rate);
        double skill = ofRate > 0 ? 1 - (brier / ofRate) : 0;
        return new Calibration(predicted, chance)
        {
            IsJudged = isJudged,
            Error = error / picks,
            Skill = skill,
            IsTrusted = picks >= LeastPicks && likes >= LeastOfEach && picks - likes >= LeastOfEach && error / picks <= 0.04 && skill >= 0.12,
        };
    }

    private static (float[] Predicted, float[] Chance) Isotonic(ReadOnlySpan<double> bins, double decay, double rate)
    {
        var blocks = new List<(double Picks, double Predicted, double Likes)>(PlacementLayout.BinCount);
        for (int at = 0; at < bins.Length; at += 3)
        {
            if (bins[at] * decay < 0.5)
            {
                continue;
            }

            (double Picks, double Predicted, double Likes) block =
                ((bins[at] * decay) + Lean, (bins[at + 1] * decay) + (Lean * bins[at + 1] / bins[at]), (bins[at + 2] * decay) + (Lean * rate));
            while (blocks.Count > 0 && blocks[^1].Likes * block.Picks >= block.Likes * blocks[^1].Picks)
            {
                (double Picks, double Predicted, double Likes) before = blocks[^1];
                blocks.RemoveAt(blocks.Count - 1);
                block = (before.Picks + block.Picks, before.Predicted + block.Predicted, before.Likes + block.Likes);
            }

            blocks.Add(block);
        }

        return ([.. blocks.Select(b => (float)(b.Predicted / b.Picks))], [.. blocks.Select(b => (float)Math.Clamp(b.Likes / b.Picks, 0, 1))]);
    }
}
