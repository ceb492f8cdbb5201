using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Campaigns;

/// <summary>
/// The hours of a week in which something shows, by the clocks of a time zone: a bit for each of 168. The moment is
/// converted to local time, so an hour that clocks skip never comes and one that they repeat comes twice.
/// </summary>
internal sealed class WeekHours
{
    private const int HoursADay = 24;
    private readonly TimeZoneInfo _zone;
    private readonly UInt128 _low;
    private readonly UInt128 _high;

    private WeekHours(TimeZoneInfo zone, UInt128 low, UInt128 high) => (_zone, _low, _high) = (zone, low, high);

    /// <summary>All hours, null, when there are no terms; none where the zone is not known here.</summary>
    public static WeekHours? Of(Dayparting? terms)
    {
        if (terms is null)
        {
            return null;
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(terms.TimeZone, out TimeZoneInfo? zone))
        {
            return new WeekHours(TimeZoneInfo.Utc, 0, 0);
        }

        UInt128 low = 0;
        UInt128 high = 0;
        foreach (Dayparting.Types.Span span in terms.Spans)
        {
            for (int day = 0; day < 7; day++)
            {
                if (span.Days.Count > 0 && !span.Days.Contains(Weekday(day)))
                {
                    continue;
                }

                for (int hour = Math.Max(0, span.StartHour); hour < Math.Min(HoursADay, span.EndHour); hour++)
                {
                    Set(ref low, ref high, (day * HoursADay) + hour);
                }
            }
        }

        return new WeekHours(zone, low, high);
    }

    public bool Has(long nowMs)
    {
        DateTimeOffset local = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(nowMs), _zone);
        int bit = ((int)local.DayOfWeek * HoursADay) + local.Hour;
        return ((bit < 128 ? _low >> bit : _high >> (bit - 128)) & 1) != 0;
    }

    // .NET's week begins on Sunday.
    private static Dayparting.Types.Weekday Weekday(int day) => (Dayparting.Types.Weekday)(day == 0 ? 7 : day);

    private static void Set(ref UInt128 low, ref UInt128 high, int bit)
    {
        if (bit < 128)
        {
            low |= UInt128.One << bit;
        }
        else
        {
            high |= UInt128.One << (bit - 128);
        }
    }
}
