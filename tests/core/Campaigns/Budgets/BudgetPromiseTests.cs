using Footprint.Grid.V1;
using FsCheck;
using FsCheck.Fluent;
using Xunit.Abstractions;

namespace Footprint.Grid.Core.Tests.Campaigns.Budgets;

/// <summary>
/// The promise about budgets, over days of any kind: never more than the budget, and where there is supply at most 2 % less
/// than one process would spend that knows all. One process dies in each of them.
/// </summary>
public sealed class BudgetPromiseTests(ITestOutputHelper output)
{
    private const long Day = 86_400_000;
    private const long Midnight = 20_500 * Day;
    private const long Millionths = 1_000_000;

    [Fact]
    public void Day_OfAnyBudgetProcessesAndSupply_IsSpentAndNotOverspent() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        int processes = random.Next(1, 9);
        int budget = (int)Math.Round(Math.Pow(10, 4 * random.NextDouble()));
        double factor = new[] { 1, 1.1, 2, 5 }[random.Next(4)];
        var pacing = (CampaignBudget.Types.Pacing)random.Next(2);
        double wins = random.Next(2) == 0 ? 1 : 0.2;
        int cents = random.Next(1, 1000);
        BudgetDay day = Run(processes, budget, factor / wins, pacing, isRegular: random.Next(2) == 0, isSkewed: random.Next(2) == 0, wins, seed, cents: cents);
        Check(day, budget, $"{processes} processes, budget {budget} times {cents}, supply {factor}, {pacing}, wins {wins}", cents);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Theory]
    [InlineData(CampaignBudget.Types.Pacing.Even)]
    [InlineData(CampaignBudget.Types.Pacing.AsSoonAsPossible)]
    public void Day_AskedForJustAsOftenAsItsBudget_IsSpentToTheLastFiftieth(CampaignBudget.Types.Pacing pacing)
    {
        foreach (int budget in (int[])[1, 2, 8, 20, 50, 200, 1_000, 10_000])
        {
            foreach (int processes in (int[])[1, 2, 4, 8])
            {
                BudgetDay day = Run(processes, budget, 1, pacing, isRegular: true, isSkewed: false, wins: 1, seed: budget + processes);
                output.WriteLine($"{pacing}: {budget} impressions, {processes} processes: {Spent(day)}, {day.Ideal / Millionths} at best");
                Assert.Equal(budget * Millionths, day.Ideal);
                Check(day, budget, $"{budget} impressions, {processes} processes");
            }
        }
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    public void Day_RequestsInAHurry_AreServedFromWhatEarlierOnesAskedFor(double hurried)
    {
        // Arrange: who cannot wait leaves an impression for the next one; that is lost at each process which is asked no more.
        const int budget = 100;
        const int processes = 4;

        BudgetDay day = Run(processes, budget, 2, CampaignBudget.Types.Pacing.Even, isRegular: false, isSkewed: false, wins: 1, seed: 3, hurried);

        Assert.InRange(Spent(day), budget - (2 * processes), budget);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void Day_AnswersAreLost_WhatTheyGrantedIsSpentAllTheSame(int processes)
    {
        // Arrange: at noon there are no requests any more, so that no question brings back what is lost.
        const int budget = 40;
        for (int seed = 0; seed < 10; seed++)
        {
            var random = new Random(seed);
            var day = new BudgetDay(
                new Campaign { CampaignId = "c", Budget = new CampaignBudget { Daily = 2 * budget, PricePerImpression = 1 } }, processes, seed)
            {
                Requests = [.. Enumerable.Range(0, 3 * budget).Select(i => (Midnight + (i * Day / 6 / budget), random.Next(processes)))],
                Losses = 0.3,
            };

            // Act
            day.Run(Midnight, Midnight + (Day / 2) + 60_000);

            // Assert
            Assert.Equal(day.Paid.Values.Sum(), day.Committed);
            Assert.InRange(Spent(day), (int)(0.98 * budget), day.Ideal / Millionths);
        }
    }

    private static BudgetDay Run(
        int processes,
        int budget,
        double factor,
        CampaignBudget.Types.Pacing pacing,
        bool isRegular,
        bool isSkewed,
        double wins,
        int seed,
        double hurried = 0,
        int cents = 100)
    {
        var random = new Random(seed);
        int count = (int)Math.Ceiling(budget * factor);
        IEnumerable<long> times = Enumerable.Range(0, count).Select(i => isRegular ? (i * Day / count) + 1 : random.NextInt64(Day)).Order();
        var day = new BudgetDay(
            new Campaign { CampaignId = "c", Budget = new CampaignBudget { Daily = budget * (cents / 100.0), PricePerImpression = cents / 100.0, Pacing = pacing } }, processes, seed)
        {
            Requests = [.. times.Select(t => (Midnight + t, isSkewed ? (int)(processes * Math.Pow(random.NextDouble(), 3)) : random.Next(processes)))],
            Wins = _ => wins,
            Hurried = hurried,
            DiesAtMs = Midnight + random.NextInt64(Day),
        };
        day.Run(Midnight, Midnight + Day);
        return day;
    }

    // In impressions.
    private static long Spent(BudgetDay day, int cents = 100) => day.Paid.Values.Sum() / (Millionths / 100 * cents);

    private static void Check(BudgetDay day, int budget, string what, int cents = 100)
    {
        long best = day.Ideal / (Millionths / 100 * cents);
        Assert.True(Spent(day, cents) <= budget, $"{what}: {Spent(day, cents)} spent");
        Assert.True(Spent(day, cents) >= Math.Ceiling(0.98 * best), $"{what}: {Spent(day, cents)} spent of {best} at best");
    }
}
