namespace Footprint.Grid.Core.Learning.Outcomes;

/// <summary>
/// How long likes take, by half octaves: number 0 is less than a minute, k from 2^((k - 1) / 2) to 2^(k / 2) minutes, the last
/// what is past that, up to the seven days within which an outcome counts.
/// </summary>
internal static class OutcomeDelays
{
    public const int Count = 28;

    /// <summary>After which nothing comes any more.</summary>
    public const int MostMinutes = 7 * 24 * 60;

    private const double MinuteMs = 60_000;

    private static readonly double[] _ends = [.. Enumerable.Range(0, Count).Select(k => k == Count - 1 ? MostMinutes : double.Exp2(k / 2.0))];

    /// <summary>The number of a delay.</summary>
    public static int Of(long delayMs)
    {
        int at = 0;
        while (at < Count - 1 && delayMs >= _ends[at] * MinuteMs)
        {
            at++;
        }

        return at;
    }

    /// <summary>In minutes.</summary>
    public static double Start(int number) => number == 0 ? 0 : _ends[number - 1];

    /// <inheritdoc cref="Start"/>
    public static double End(int number) => _ends[number];
}
