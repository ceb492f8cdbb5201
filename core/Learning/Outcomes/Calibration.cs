using System.Numerics;
using System.Runtime.Intrinsics;

namespace Footprint.Grid.Core.Learning.Outcomes;

/// <summary>
/// From predictions to chances, one placement's: isotonic regression (pool adjacent violators; Zadrozny and Elkan, KDD 2002)
/// of likes on recent predictions, in bins, with straight lines between the bins' means. Whether the chances that were
/// stated mean what they say <see cref="JudgedPicks"/> finds out. What was stated before a thousand picks were known is nobody's
/// promise and not judged: where many are shown in the first moments, it would count against the others for long.
/// </summary>
internal sealed class Calibration
{
    // A bin of few picks leans on the rate of all by so many picks.
    private const double Lean = 4;
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

    /// <inheritdoc cref="JudgedPicks.IsTrusted"/>
    public bool IsTrusted { get; private init; }

    /// <inheritdoc cref="JudgedPicks.Error"/>
    public double Error { get; private init; }

    /// <inheritdoc cref="JudgedPicks.Skill"/>
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
    /// <param name="judged">What came of the chances that were stated.</param>
    public static Calibration Of(ReadOnlySpan<double> sums, double decay, JudgedPicks judged)
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

        (float[] predicted, float[] chance) = Isotonic(sums.Slice(PlacementLayout.Bins, 3 * PlacementLayout.BinCount), decay, liked / known);
        return new Calibration(predicted, chance)
        {
            IsJudged = known >= LeastPicks,
            Error = judged.Error,
            Skill = judged.Skill,
            IsTrusted = judged.IsTrusted,
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
