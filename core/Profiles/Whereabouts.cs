namespace Footprint.Grid.Core.Profiles;

/// <summary>
/// Where a client was last, in whatever order one hears of it: of two times the later tells, of the same both do. Where a time
/// is not known nothing is later, so a country of an unknown time holds beside the others. Of either as many as
/// <see cref="ProfileLimits.Countries"/>, the first in the order of their codes. To add one to the other is commutative,
/// associative and idempotent. Immutable.
/// </summary>
internal sealed class Whereabouts
{
    private const long Hour = 60 * 60 * 1000;
    private readonly string[] _last;
    private readonly string[] _undated;

    private Whereabouts(string[] last, long lastMs, string[] undated)
    {
        (_last, LastMs, _undated) = (last, last.Length == 0 ? 0 : lastMs, undated);
        All = undated.Length == 0 ? last : last.Length == 0 ? undated : [.. last.Union(undated).Order(StringComparer.Ordinal)];
    }

    public static Whereabouts Unknown { get; } = new([], 0, []);

    /// <summary>Those whose law holds, in order.</summary>
    public IReadOnlyCollection<string> All { get; }

    /// <summary>Where it was at the latest time that is known.</summary>
    public IReadOnlyList<string> Last => _last;

    /// <summary>That time; 0 when none is known.</summary>
    public long LastMs { get; }

    public IReadOnlyList<string> Undated => _undated;

    /// <param name="countries">Where it was at one time.</param>
    /// <param name="atMs">That time; 0 when it is not known.</param>
    public static Whereabouts At(IEnumerable<string> countries, long atMs)
    {
        string[] there = Bounded(countries);
        return atMs == 0 ? new Whereabouts([], 0, there) : new Whereabouts(there, atMs, []);
    }

    /// <summary>
    /// The hour of an event, as which it tells where the client was: of what an hour's events tell nothing needs to be noted twice,
    /// and what was not noted changes nothing. Never 0.
    /// </summary>
    public static long HourMs(long atMs) => Math.Max(atMs - (atMs % Hour), 1);

    /// <summary>What both tell.</summary>
    public Whereabouts With(Whereabouts other)
    {
        if (other.All.Count == 0)
        {
            return this;
        }

        (string[] last, long lastMs) = other._last.Length == 0 || (_last.Length > 0 && LastMs > other.LastMs) ? (_last, LastMs)
            : _last.Length == 0 || LastMs < other.LastMs ? (other._last, other.LastMs)
            : (Bounded(_last.Concat(other._last)), LastMs);
        return new Whereabouts(last, lastMs, other._undated.Length == 0 ? _undated : Bounded(_undated.Concat(other._undated)));
    }

    /// <summary>Likewise, but where it was at an unknown time is that country alone.</summary>
    public Whereabouts Moved(string country) => new(_last, LastMs, [country]);

    private static string[] Bounded(IEnumerable<string> countries) => [.. countries.Distinct().Order(StringComparer.Ordinal).Take(ProfileLimits.Countries)];
}
