using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Audience;

/// <summary>
/// The only way from what was counted to what is said: makes every <see cref="AudienceCount"/> and
/// <see cref="AudienceShare"/> that leaves the grid, and reports hold no other numbers (a test sees to both).
/// </summary>
public sealed class AudienceGate
{
    private readonly long _minimum;

    /// <param name="minimum">Clients that a number must be about, 1 or more.</param>
    public AudienceGate(int minimum)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(minimum, 1);
        _minimum = minimum;
    }

    public int Minimum => (int)_minimum;

    /// <summary>How many clients, each counted once: rounded down to a multiple of k, so 0 for fewer than k.</summary>
    public AudienceCount Clients(long clients) => Number(clients, clients);

    /// <summary>How much of something there is with so many different clients: 0 for fewer than k clients, else rounded down likewise.</summary>
    public AudienceCount Number(long number, long clients) => new() { Value = Round(number, clients) };

    /// <summary>The value of <see cref="Number"/>, for what is reckoned with and not said; 0 for what a crash left below 0.</summary>
    public long Round(long number, long clients) => clients < _minimum || number < _minimum ? 0 : number - (number % _minimum);

    /// <summary>
    /// The share of one published count in itself and the rest, and the bounds between which the exact share lies, since
    /// each count stands for itself and up to k - 1 more. Made from what is published alone, so it tells nothing else. Null
    /// when both are 0.
    /// </summary>
    public AudienceShare? Share(AudienceCount part, AudienceCount rest)
    {
        double whole = part.Value + rest.Value;
        double hidden = _minimum - 1;
        return whole == 0 ? null : new AudienceShare
        {
            Value = part.Value / whole,
            Least = part.Value / (whole + hidden),
            Most = (part.Value + hidden) / (whole + hidden),
        };
    }
}
