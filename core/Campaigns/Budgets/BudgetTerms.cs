using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Campaigns.Budgets;

/// <summary>
/// What a campaign may spend, in millionths of its currency. How much of a budget B may be out by a time t, spent or on
/// lease:
/// <code>allowed(t) = min(B, B · shown(s, t + A) / shown(s, e) + L)</code>
/// with s and e the start and the end of what it is for (the UTC day, cut to the schedule; for the total the whole
/// schedule), shown the time in between in which the campaign shows by its hours of the week, A how far ahead leases
/// are given, and L a twentieth of B, but one impression at the least and ten at the most: so the first impression of a
/// small budget can be shown at the start and the last one while there is time, wherever what is out happens to be held.
/// Without pacing, or for a total without both ends, all of B from the start. What was not spent for want of supply is so
/// made up for as soon as there is some.
/// </summary>
public readonly record struct BudgetTerms(long Total, long Daily, long Price, bool IsEven, long StartMs, long EndMs)
{
    /// <summary>How long a process may spend from a lease. What it does not spend comes back at the latest then, while it lives.</summary>
    public const long LeaseMs = 300_000;

    /// <summary>How far ahead of an even pace leases are given.</summary>
    public const long AheadMs = 10_000;
    internal const long DayMs = 86_400_000;
    private const int LeadShare = 20;

    /// <summary>A process that dies takes at most this part of a budget along.</summary>
    private const int StockShare = 200;
    private const int MostLead = 10;
    private const decimal Unit = 1_000_000;
    private const double MostAmount = 1e12;

    /// <summary>Null: it shows at all hours.</summary>
    internal WeekHours? Hours { get; init; }

    /// <summary>Null when the campaign's spending is not limited.</summary>
    internal static BudgetTerms? Of(Campaign campaign, WeekHours? hours, long startMs, long endMs)
    {
        if (campaign.Budget is not { } budget)
        {
            return null;
        }

        return new BudgetTerms(
            Amount(budget.Total),
            Amount(budget.Daily),
            PriceOf(budget, campaign.Bid),
            budget.Pacing == CampaignBudget.Types.Pacing.Even,
            startMs,
            endMs)
        {
            Hours = hours,
        };
    }

    /// <summary>Of one impression.</summary>
    internal static long PriceOf(CampaignBudget budget, double bid) =>
        Math.Max(1, (long)Math.Ceiling(Exactly(budget.PricePerImpression > 0 ? budget.PricePerImpression : bid)));

    /// <summary>What one process may hold that nobody waits for, in millionths.</summary>
    internal long MostStock => Math.Min(Total, Daily) / StockShare;

    internal static long Millionths(double amount) => (long)Exactly(amount);

    // As it was written: the double next to 2.01 is less than that, and 2.01 times would buy one thing too few. What is no amount, which
    // validation says, is none.
    private static decimal Exactly(double amount) => amount is > 0 and <= MostAmount ? (decimal)amount * Unit : 0;

    public static long Day(long nowMs) => Math.DivRem(nowMs, DayMs, out long rest) - (rest < 0 ? 1 : 0);

    /// <summary>Of the day's budget, spent or on lease.</summary>
    public long AllowedOnDay(long nowMs)
    {
        long start = Day(nowMs) * DayMs;
        return IsEven ? Even(Daily, nowMs, Math.Max(StartMs, start), Math.Min(EndMs, start + DayMs)) : Daily;
    }

    /// <summary>Of the total, spent or on lease.</summary>
    public long Allowed(long nowMs) =>
        IsEven && StartMs != long.MinValue && EndMs != long.MaxValue ? Even(Total, nowMs, StartMs, EndMs) : Total;

    private static long Amount(double amount) => amount > 0 ? Millionths(amount) : long.MaxValue;

    private long Even(long budget, long nowMs, long startMs, long endMs)
    {
        long reach = nowMs + AheadMs;
        if (budget == long.MaxValue || reach >= endMs)
        {
            return budget;
        }

        double part = reach <= startMs ? 0 : (double)ShownMs(startMs, reach) / Math.Max(1, ShownMs(startMs, endMs));
        if (part <= 0)
        {
            return 0;
        }

        double lead = Math.Clamp(budget / LeadShare, (double)Price, (double)Price * MostLead);
        return (long)Math.Min(budget, (budget * Math.Min(1, part)) + lead);
    }

    private long ShownMs(long fromMs, long toMs) => Hours?.ShownMs(fromMs, toMs) ?? toMs - fromMs;
}
