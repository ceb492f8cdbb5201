namespace Footprint.Grid.Api.Grpc;

/// <summary>The <c>grpc-timeout</c> header: at most 8 digits and a unit, of H M S m u n.</summary>
internal static class GrpcTimeout
{
    /// <summary>Longer ones are taken for this; timers end at 49 days.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    public static bool TryParse(string text, out TimeSpan timeout)
    {
        timeout = default;
        if (text.Length is < 2 or > 9)
        {
            return false;
        }

        long count = 0;
        foreach (var digit in text.AsSpan(0, text.Length - 1))
        {
            if (!char.IsAsciiDigit(digit))
            {
                return false;
            }

            count = (count * 10) + (digit - '0');
        }

        // 8 digits of hours are 3.6e18 ticks, which a long holds.
        var ticks = text[^1] switch
        {
            'H' => count * TimeSpan.TicksPerHour,
            'M' => count * TimeSpan.TicksPerMinute,
            'S' => count * TimeSpan.TicksPerSecond,
            'm' => count * TimeSpan.TicksPerMillisecond,
            'u' => count * TimeSpan.TicksPerMicrosecond,
            'n' => (count + 99) / 100,
            _ => -1,
        };
        timeout = new TimeSpan(Math.Min(ticks, Longest.Ticks));
        return ticks >= 0;
    }
}
