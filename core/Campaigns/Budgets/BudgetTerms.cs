using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Campaigns.Budgets;

/// <summary>
/// What a campaign may spend, in millionths of its currency. How much of a budget B may be out by a time t, spent or on
/// lease:
/// <code>allowed(t) = B · min(1, (t + L − s) / (e − s))</code>
/// with s and e the start and the end of what it is for (the UTC day, cut to the schedule; for the total the whole
/// schedule) and L the length of a lease. Without pacing, or for a total without both ends, all of B from the start.
/// What was not spent for want of supply is so made up for as soon as there is some.
/// </summary>
public readonly record struct BudgetTerms(long Total, long Daily, long Price, bool IsEven, long StartMs, long EndMs)
{
    public const long LeaseMs = 10_000;
    internal const long DayMs = 86_400_000;
    private const double Millionths = 1e6;

    /// <summary>Null when the campaign's spending is not limited.</summary>
    internal static BudgetTerms? Of(Campaign campaign, long startMs, long endMs)
    {
        if (campaign.Budget is not { } budget)
        {
            return null;
        }

        double price = budget.PricePerImpression > 0 ? budget.PricePerImpression : campaign.Bid;
        return new BudgetTerms(
            Amount(budget.Total),
            Amount(budget.Daily),
            Math.Max(1, (long)Math.Ceiling(price * Millionths)),
            budget.Pacing == CampaignBudget.Types.Pacing.Even,
            startMs,
            endMs);
    }

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

    private static long Amount(double amount) => amount > 0 ? (long)(amount * Millionths) : long.MaxValue;

    private static long Even(long budget, long nowMs, long startMs, long endMs)
    {
        double part = ((double)nowMs + LeaseMs - startMs) / Math.Max(1, endMs - startMs);
        return budget == long.MaxValue || part >= 1 ? budget : (long)(budget * Math.Max(0, part));
    }
}
