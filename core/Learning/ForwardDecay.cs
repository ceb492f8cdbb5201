namespace Footprint.Grid.Core.Learning;

/// <summary>
/// Counts that fade, kept relative to a landmark as in <c>DecayColumns</c>: what comes later is added with the growth since.
/// The landmark moves before that exceeds 2^60.
/// </summary>
/// <param name="halfLifeMs">In milliseconds.</param>
/// <param name="scale">Multiplies all that is kept, when the landmark moves.</param>
internal sealed class ForwardDecay(double halfLifeMs, Action<double> scale)
{
    private const double MostExponent = 60;
    private long? _landmarkMs;

    /// <summary>The landmark, in milliseconds since the epoch; 0 as long as nothing was added.</summary>
    public long ReferenceMs => _landmarkMs ?? 0;

    /// <summary>What something of that time is multiplied by to be added; the first one sets the landmark.</summary>
    public double Growth(long timeMs)
    {
        _landmarkMs ??= timeMs;
        double exponent = (timeMs - _landmarkMs.Value) / halfLifeMs;
        if (exponent <= MostExponent)
        {
            return double.Exp2(exponent);
        }

        scale(double.Exp2(-exponent));
        _landmarkMs = timeMs;
        return 1;
    }

    /// <summary>What is kept, multiplied by this, is what it is worth at that time.</summary>
    public double At(long nowMs) => _landmarkMs is { } landmark ? double.Exp2(Math.Min(MostExponent, (landmark - nowMs) / halfLifeMs)) : 1;
}
