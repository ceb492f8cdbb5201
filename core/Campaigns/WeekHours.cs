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
    private readonly TimeZoneInfo _zone;
    private readonly bool[] _shows = new bool[DaysAWeek * HoursADay];

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

        return hours;
    }

    public bool Has(long nowMs)
    {
        DateTimeOffset local = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(nowMs), _zone);
        return _shows[((int)local.DayOfWeek * HoursADay) + local.Hour];
    }

    // .NET's week begins on Sunday.
    private static Dayparting.Types.Weekday Weekday(int day) => (Dayparting.Types.Weekday)(day == 0 ? DaysAWeek : day);
}
