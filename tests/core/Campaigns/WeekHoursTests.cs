using Footprint.Grid.Core.Campaigns;
using Footprint.Grid.V1;
using FsCheck;
using FsCheck.Fluent;
using Weekday = Footprint.Grid.V1.Dayparting.Types.Weekday;

namespace Footprint.Grid.Core.Tests.Campaigns;

/// <summary>Against clocks worked out by hand from each zone's law, not from the library that the code under test asks.</summary>
public sealed class WeekHoursTests
{
    private static readonly DateTime _epoch = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private static readonly Dictionary<string, Func<DateTime, TimeSpan>> _laws = new()
    {
        // Last Sunday of March to last Sunday of October, both at 01:00 UTC.
        ["Europe/Berlin"] = utc => TimeSpan.FromHours(utc >= Sunday(utc.Year, 4, 1, -1).AddHours(1) && utc < Sunday(utc.Year, 11, 1, -1).AddHours(1) ? 2 : 1),

        // Second Sunday of March to first Sunday of November, both at 02:00 by the clock that is left.
        ["America/New_York"] = utc => TimeSpan.FromHours(utc >= Sunday(utc.Year, 3, 8, 0).AddHours(7) && utc < Sunday(utc.Year, 11, 1, 0).AddHours(6) ? -4 : -5),
        ["Asia/Kolkata"] = _ => TimeSpan.FromMinutes(330),
        ["Asia/Ho_Chi_Minh"] = _ => TimeSpan.FromHours(7),
    };

    [Fact]
    public void Has_AnyHoursAtAnyMoment_AgreesWithClocksWorkedOutByHand() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        (string zone, Func<DateTime, TimeSpan> law) = _laws.ElementAt(random.Next(_laws.Count));
        Dayparting terms = Any(random, zone);
        WeekHours hours = WeekHours.Of(terms)!;
        for (int i = 0; i < 200; i++)
        {
            // Half of the moments close to where clocks change.
            DateTime utc = random.Next(2) == 0
                ? new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(random.Next(10 * 365 * 24 * 60))
                : Change(random).AddMinutes(random.Next(-240, 240));
            DateTime local = utc + law(utc);
            bool expected = terms.Spans.Any(s =>
                (s.Days.Count == 0 || s.Days.Contains((Weekday)(local.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)local.DayOfWeek)))
                && local.Hour >= s.StartHour && local.Hour < s.EndHour);
            Assert.True(expected == hours.Has(Ms(utc)), $"{zone} {utc:O} local {local:O}: {terms}");
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void ShownMs_AnyHoursOverAnyTime_IsTheSumOfTheMinutesShown() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        WeekHours hours = WeekHours.Of(Any(random, _laws.ElementAt(random.Next(_laws.Count)).Key))!;
        DateTime from = Change(random).AddMinutes(random.Next(-12 * 24 * 60, 240));
        int minutes = random.Next(random.Next(2) == 0 ? 24 * 60 : 20 * 24 * 60);

        int shown = Enumerable.Range(0, minutes).Count(m => hours.Has(Ms(from.AddMinutes(m))));

        Assert.Equal(shown * 60_000L, hours.ShownMs(Ms(from), Ms(from.AddMinutes(minutes))));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void ShownMs_OverAllTimesThatCanBeStated_IsAnHourADay()
    {
        WeekHours two = WeekHours.Of(Hours("Europe/Berlin", 2, 3))!;

        double hours = two.ShownMs(DateTimeOffset.MinValue.ToUnixTimeMilliseconds(), DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() + 1) / 3_600_000.0;

        Assert.InRange(hours / (9999 * 365.2425), 0.999, 1.001);
    }

    [Fact]
    public void Has_HourThatClocksSkip_NeverComes()
    {
        WeekHours two = WeekHours.Of(Hours("Europe/Berlin", 2, 3))!;
        var day = new DateTime(2026, 3, 28, 23, 0, 0, DateTimeKind.Utc);

        Assert.Equal(0, Enumerable.Range(0, 23 * 60).Count(m => two.Has(Ms(day.AddMinutes(m)))));
        Assert.Equal(60, Enumerable.Range(-24 * 60, 24 * 60).Count(m => two.Has(Ms(day.AddMinutes(m)))));
    }

    [Fact]
    public void Has_HourThatClocksRepeat_ComesTwice()
    {
        WeekHours two = WeekHours.Of(Hours("Europe/Berlin", 2, 3))!;
        var day = new DateTime(2026, 10, 24, 22, 0, 0, DateTimeKind.Utc);

        Assert.Equal(120, Enumerable.Range(0, 25 * 60).Count(m => two.Has(Ms(day.AddMinutes(m)))));
    }

    [Fact]
    public void Of_NoTerms_IsEveryHourAndAnUnknownZoneNone()
    {
        Assert.Null(WeekHours.Of(null));
        Assert.False(WeekHours.Of(Hours("Nowhere/Land", 0, 24))!.Has(Ms(_epoch)));
    }

    private static Dayparting Hours(string zone, int from, int to) =>
        new() { TimeZone = zone, Spans = { new Dayparting.Types.Span { StartHour = from, EndHour = to } } };

    private static Dayparting Any(Random random, string zone)
    {
        var terms = new Dayparting { TimeZone = zone };
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            int from = random.Next(24);
            var span = new Dayparting.Types.Span { StartHour = from, EndHour = random.Next(from + 1, 25) };
            for (int d = random.Next(4); d > 0; d--)
            {
                span.Days.Add((Weekday)random.Next(1, 8));
            }

            terms.Spans.Add(span);
        }

        return terms;
    }

    private static DateTime Change(Random random)
    {
        int year = random.Next(2020, 2030);
        return random.Next(4) switch
        {
            0 => Sunday(year, 4, 1, -1).AddHours(1),
            1 => Sunday(year, 11, 1, -1).AddHours(1),
            2 => Sunday(year, 3, 8, 0).AddHours(7),
            _ => Sunday(year, 11, 1, 0).AddHours(6),
        };
    }

    // The first Sunday from that day on, and weeks later or before.
    private static DateTime Sunday(int year, int month, int day, int weeks)
    {
        var from = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc);
        return from.AddDays(((7 - (int)from.DayOfWeek) % 7) + (7 * weeks));
    }

    private static long Ms(DateTime utc) => (long)(utc - _epoch).TotalMilliseconds;
}
