using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Campaigns;

/// <summary>
/// The hours of a week in which something shows, by the clocks of a time zone. The moment is converted to local time, so an
/// hour that clocks skip never comes and one that they repeat comes twice.
/// </summary>
internal sealed class WeekHours
{
    private const int DaysAWeek = 7;
    private const int HoursADay = 24;
    private const long HourMs = 3_600_000;
    private const long WeekMs = DaysAWeek * HoursADay * HourMs;

    // 1 January 1970 was a Thursday, .NET's week begins on Sunday.
    private const long EpochInWeekMs = 4 * HoursADay * HourMs;

    /// <summary>Clocks are taken to change once at the most in that time, unless what is asked about is longer than a thousand of it.</summary>
    private const long StepMs = WeekMs;
    private static readonly long _lastMs = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
    private readonly TimeZoneInfo _zone;
    private readonly bool[] _shows = new bool[DaysAWeek * HoursADay];

    /// <summary>Hours shown in the week before each of its hours, and last in all of it.</summary>
    private readonly int[] _before = new int[(DaysAWeek * HoursADay) + 1];

    private WeekHours(TimeZoneInfo zone) => _zone = zone;

    /// <summary>All hours, null, when there are no terms; none where the zone is not known here.</summary>
    public static WeekHours? Of(Dayparting? terms)
    {
        if (terms is null)
        {
            return null;
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(terms.TimeZone, out TimeZoneInfo? zone))
        {
            return new WeekHours(TimeZoneInfo.Utc);
        }

        var hours = new WeekHours(zone);
        foreach (Dayparting.Types.Span span in terms.Spans)
        {
            for (int day = 0; day < DaysAWeek; day++)
            {
                if (span.Days.Count == 0 || span.Days.Contains(Weekday(day)))
                {
                    int start = Math.Clamp(span.StartHour, 0, HoursADay);
                    int end = Math.Min(HoursADay, span.EndHour);
                    hours._shows.AsSpan((day * HoursADay) + start, Math.Max(0, end - start)).Fill(true);
                }
            }
        }

        for (int hour = 0; hour < hours._shows.Length; hour++)
        {
            hours._before[hour + 1] = hours._before[hour] + (hours._shows[hour] ? 1 : 0);
        }

        return hours;
    }

    /// <summary>
    /// Of the time from <paramref name="fromMs"/> to <paramref name="toMs"/> (both since the epoch) how much it shows, in
    /// milliseconds: clocks' weeks are counted between one change of the clocks and the next, so an hour that is skipped is
    /// none and one that is repeated two.
    /// </summary>
    public long ShownMs(long fromMs, long toMs)
    {
        long shown = 0;
        long step = Math.Max(StepMs, (toMs - fromMs) / 1000);
        long offset = OffsetMs(fromMs);
        for (long at = fromMs; at < toMs;)
        {
            long next = Math.Min(at + step, toMs);
            long later = OffsetMs(next);
            if (later == offset)
            {
                shown += LocalMs(next + offset) - LocalMs(at + offset);
            }
            else
            {
                long change = Change(at, next, offset);
                shown += LocalMs(change + offset) - LocalMs(at + offset) + LocalMs(next + later) - LocalMs(change + later);
            }

            (at, offset) = (next, later);
        }

        return shown;
    }

    public bool Has(long nowMs)
    {
        DateTimeOffset local = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(nowMs), _zone);
        return _shows[((int)local.DayOfWeek * HoursADay) + local.Hour];
    }

    // Shown from the first Sunday before the epoch to a time by the clocks.
    private long LocalMs(long localMs)
    {
        (long week, long rest) = Math.DivRem(localMs + EpochInWeekMs, WeekMs);
        (week, rest) = rest < 0 ? (week - 1, rest + WeekMs) : (week, rest);
        int hour = (int)(rest / HourMs);
        return (((week * _before[^1]) + _before[hour]) * HourMs) + (_shows[hour] ? rest % HourMs : 0);
    }

    // The first millisecond with another offset than before.
    private long Change(long fromMs, long toMs, long offsetMs)
    {
        while (toMs - fromMs > 1)
        {
            long middle = fromMs + ((toMs - fromMs) / 2);
            (fromMs, toMs) = OffsetMs(middle) == offsetMs ? (middle, toMs) : (fromMs, middle);
        }

        return toMs;
    }

    private long OffsetMs(long ms) => (long)_zone.GetUtcOffset(DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(ms, _lastMs))).TotalMilliseconds;

    // .NET's week begins on Sunday.
    private static Dayparting.Types.Weekday Weekday(int day) => (Dayparting.Types.Weekday)(day == 0 ? DaysAWeek : day);
}
