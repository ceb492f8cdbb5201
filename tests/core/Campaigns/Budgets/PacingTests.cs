using Footprint.Grid.V1;
using Google.Protobuf.WellKnownTypes;
using Xunit.Sdk;

namespace Footprint.Grid.Core.Tests.Campaigns.Budgets;

/// <summary>Whole days of requests against budgets: nothing more than the budget, and hardly less while there is supply.</summary>
public sealed class PacingTests
{
    private const long Day = 86_400_000;
    private const long Hour = 3_600_000;
    private const long Millionths = 1_000_000;

    [Theory]
    [InlineData("UTC", "2026-03-10", 9, 17)]
    [InlineData("UTC", "2026-03-10", 0, 8)]
    [InlineData("UTC", "2026-03-10", 18, 24)]
    [InlineData("Europe/Berlin", "2026-03-29", 0, 6)]
    [InlineData("Europe/Berlin", "2026-10-25", 0, 6)]
    [InlineData("America/New_York", "2026-11-01", 0, 4)]
    [InlineData("Australia/Lord_Howe", "2026-04-05", 0, 6)]
    [InlineData("Asia/Kathmandu", "2026-05-01", 20, 24)]
    public void Day_EvenWithDayparting_SpendsAllEvenlyOverTheHoursShown(string zone, string date, int from, int to)
    {
        // Arrange: two local days around that date, in which clocks may change; processes die now and then.
        var campaign = new Campaign
        {
            CampaignId = "c",
            Budget = new CampaignBudget { Daily = 1000, PricePerImpression = 1 },
            Dayparting = new Dayparting { TimeZone = zone, Spans = { new Dayparting.Types.Span { StartHour = from, EndHour = to } } },
        };
        long start = Ms(date) - Day;
        var days = new BudgetDay(campaign, processes: 3, seed: from) { Supply = 2, Deaths = 0.1 };

        // Act
        days.Run(start, start + (3 * Day));

        // Assert
        foreach ((long _, long paid) in days.Paid)
        {
            Assert.InRange(paid, 980 * Millionths, 1000 * Millionths);
        }

        Assert.Equal(3, days.Paid.Count);
        for (int day = 0; day < 3; day++)
        {
            // No hour of a day shows much more than another whole one.
            long[] hours = [.. days.ByHour.Skip(day * 24).Take(24).Where(h => h > 0)];
            long even = 1000 * Millionths / hours.Length;
            Assert.True(hours.Max() <= even * 2.1, $"day {day}: {string.Join(' ', hours.Select(h => h / Millionths))}");
        }
    }

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-23")]
    [InlineData("America/Los_Angeles", "2026-10-28")]
    public void Schedule_EvenTotalWithDayparting_IsOnPaceAndSpendsAll(string zone, string date)
    {
        // Arrange: eight days with a change of clocks among them, shown on workdays by day and on Sundays in the small hours.
        long start = Ms(date) + (5 * Hour);
        var campaign = new Campaign
        {
            CampaignId = "c",
            StartTime = Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(start)),
            EndTime = Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(start + (8 * Day))),
            Budget = new CampaignBudget { Total = 4000, PricePerImpression = 1 },
            Dayparting = new Dayparting
            {
                TimeZone = zone,
                Spans =
                {
                    new Dayparting.Types.Span
                    {
                        Days = { Dayparting.Types.Weekday.Monday, Dayparting.Types.Weekday.Tuesday, Dayparting.Types.Weekday.Wednesday, Dayparting.Types.Weekday.Thursday },
                        StartHour = 9,
                        EndHour = 17,
                    },
                    new Dayparting.Types.Span { Days = { Dayparting.Types.Weekday.Sunday }, StartHour = 0, EndHour = 5 },
                },
            },
        };
        var days = new BudgetDay(campaign, processes: 3, seed: 1) { Supply = 1, Deaths = 0.05 };

        // Act
        days.Run(start, start + (8 * Day));

        // Assert: each hour spends its share of the hours shown.
        Assert.InRange(days.Paid.Values.Sum(), 3920 * Millionths, 4000 * Millionths);
        long[] hours = [.. days.ByHour.Where(h => h > 0)];
        double even = 4000.0 * Millionths / hours.Length;
        Assert.All(hours, h => Assert.InRange(h / even, 0.5, 1.5));
    }

    [Theory]
    [InlineData(2_000)]
    [InlineData(9_000)]
    [InlineData(12_000)]
    [InlineData(15_000)]
    [InlineData(60_000)]
    [InlineData(600_000)]
    public void Day_AskedForSeldom_SpendsAllTheSame(long everyMs)
    {
        var campaign = new Campaign { CampaignId = "c", Budget = new CampaignBudget { Daily = 100, PricePerImpression = 1 } };
        var day = new BudgetDay(campaign, processes: 2, seed: 1) { EveryMs = everyMs };

        day.Run(Ms("2026-03-10"), Ms("2026-03-11"));

        Assert.InRange(Assert.Single(day.Paid).Value, 98 * Millionths, 100 * Millionths);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(35)]
    [InlineData(50)]
    public void Day_EvenOfAFewImpressions_SpendsThemAllAndSpreadsThem(int daily)
    {
        var campaign = new Campaign { CampaignId = "c", Budget = new CampaignBudget { Daily = daily, PricePerImpression = 1 } };
        var day = new BudgetDay(campaign, processes: 1, seed: 1) { EveryMs = 60_000 };

        day.Run(Ms("2026-03-10"), Ms("2026-03-11"));

        Assert.Equal(daily * Millionths, Assert.Single(day.Paid).Value);
        Assert.All(day.ByHour, h => Assert.InRange(h, 0, ((daily / 24) + 2) * Millionths));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(30)]
    public void Schedule_EvenTotalOfAFewImpressions_SpendsThemAll(int total)
    {
        long start = Ms("2026-03-10") + Hour;
        var campaign = new Campaign
        {
            CampaignId = "c",
            StartTime = Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(start)),
            EndTime = Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(start + Day)),
            Budget = new CampaignBudget { Total = total, PricePerImpression = 1 },
        };
        var day = new BudgetDay(campaign, processes: 2, seed: 1) { EveryMs = 60_000 };

        day.Run(start - Hour, start + Day + Hour);

        Assert.Equal(total * Millionths, day.Paid.Values.Sum());
    }

    [Theory]
    [InlineData(CampaignBudget.Types.Pacing.Even, 4, 100, 1.62)]
    [InlineData(CampaignBudget.Types.Pacing.AsSoonAsPossible, 4, 100, 1.62)]
    [InlineData(CampaignBudget.Types.Pacing.Even, 4, 100, 5)]
    [InlineData(CampaignBudget.Types.Pacing.Even, 8, 1000, 2)]
    [InlineData(CampaignBudget.Types.Pacing.Even, 8, 200, 2)]
    public void Day_EligibleEverywhereButSeldomBest_SpendsAllTheSame(CampaignBudget.Types.Pacing pacing, int processes, int daily, double supply)
    {
        // Arrange: asked every second at each process, the best there at a few requests a day.
        var campaign = new Campaign { CampaignId = "c", Budget = new CampaignBudget { Daily = daily, PricePerImpression = 1, Pacing = pacing } };
        var day = new BudgetDay(campaign, processes, seed: 5) { EveryMs = 1_000, Wins = _ => daily * supply / processes / 86_400 };

        // Act
        day.Run(Ms("2026-03-10"), Ms("2026-03-11"));

        // Assert
        Assert.InRange(day.Won, daily * supply * 0.8, daily * supply * 1.2);
        Assert.InRange(Assert.Single(day.Paid).Value, daily * 98 * Millionths / 100, daily * Millionths);
    }

    [Theory]
    [InlineData(CampaignBudget.Types.Pacing.Even, 100)]
    [InlineData(CampaignBudget.Types.Pacing.AsSoonAsPossible, 100)]
    [InlineData(CampaignBudget.Types.Pacing.Even, 5)]
    [InlineData(CampaignBudget.Types.Pacing.AsSoonAsPossible, 5)]
    public void Day_BestAtOneProcessAndOutbidAtOthers_SpendsAllThere(CampaignBudget.Types.Pacing pacing, int daily)
    {
        var campaign = new Campaign { CampaignId = "c", Budget = new CampaignBudget { Daily = daily, PricePerImpression = 1, Pacing = pacing } };
        var day = new BudgetDay(campaign, processes: 4, seed: 1) { EveryMs = 1_000, Wins = process => process == 0 ? 1 : 0 };

        day.Run(Ms("2026-03-10"), Ms("2026-03-11"));

        Assert.InRange(Assert.Single(day.Paid).Value, daily * 98 * Millionths / 100, daily * Millionths);
    }

    [Theory]
    [InlineData(CampaignBudget.Types.Pacing.Even)]
    [InlineData(CampaignBudget.Types.Pacing.AsSoonAsPossible)]
    public void Day_SupplyOfUnequalProcesses_IsSpentAndNeverFarFromThePace(CampaignBudget.Types.Pacing pacing)
    {
        // Arrange: half as much again as is wanted.
        var campaign = new Campaign { CampaignId = "c", Budget = new CampaignBudget { Daily = 1000, PricePerImpression = 1, Pacing = pacing } };
        var day = new BudgetDay(campaign, processes: 3, seed: 2) { Supply = 0.01 };

        // Act
        day.Run(Ms("2026-03-10"), Ms("2026-03-11"));

        // Assert
        Assert.InRange(Assert.Single(day.Paid).Value, 980 * Millionths, 1000 * Millionths);
        double sum = 0;
        for (int hour = 0; hour < 24 && pacing == CampaignBudget.Types.Pacing.Even; hour++)
        {
            sum += day.ByHour[hour] / (double)(1000 * Millionths);
            Assert.InRange(sum - ((hour + 1) / 24.0), -0.02, 0.011);
        }
    }

    [Fact]
    public void Day_AskedForOnceInAHurry_HoldsOneImpression()
    {
        // Arrange
        var campaign = new Campaign { CampaignId = "c", Budget = new CampaignBudget { Daily = 100, PricePerImpression = 1, Pacing = CampaignBudget.Types.Pacing.AsSoonAsPossible } };
        var day = new BudgetDay(campaign, processes: 1, seed: 1) { EveryMs = Day, Hurried = 1 };

        day.Run(Ms("2026-03-10"), Ms("2026-03-10") + (20 * Hour));

        Assert.Empty(day.Paid);
        Assert.Equal(1 * Millionths, day.Committed);
    }

    private static long Ms(string date) => DateTimeOffset.TryParse(date + "T00:00:00Z", null, out DateTimeOffset time)
        ? time.ToUnixTimeMilliseconds()
        : throw new XunitException($"{date} is no date");
}
