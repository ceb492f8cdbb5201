namespace Footprint.Grid.Core.Decisions;

/// <summary>
/// How version one of the ranking adds up. The score of item j for client u is the sum of
/// <c>Interest * share(j, t) * a / (|a| + Half)</c> over the topics t of j that u has an affinity a for,
/// <c>CoVisit * strength(i, j) * (f + (1 - f) / r)</c> over u's recent items i, r-th from the last, with
/// <c>f = d / (d + 2)</c>, d being the days since the last: what somebody did a moment ago tells what is on their mind, and
/// when they come back after weeks all that they did tells their taste,
/// <c>Popularity * log(1 + n(j)) / log(1 + max n)</c>,
/// <c>Freshness * 2^(-age / 14 days)</c>, and <c>Context * share(j, t) * c(t)</c> over the topics of the request,
/// c being their weights' shares. Each term is one reason.
/// </summary>
internal static class RankingWeights
{
    public const float Interest = 1;
    public const float CoVisit = 2;
    public const float Popularity = 0.25f;
    public const float Freshness = 0.1f;
    public const float Context = 0.5f;

    /// <summary>The affinity at which an interest counts half of what it can.</summary>
    public const float Half = 4;

    /// <summary>Recent items, the last ones, that a decision reads first.</summary>
    public const int RecentItems = 10;

    private const float LongAgoDays = 2;
    private const float DayMs = 86_400_000;

    /// <summary>f: what the oldest of many recent items counts, as a part of the last one, nearly.</summary>
    /// <param name="agoMs">How long ago the last one was.</param>
    public static float RecentFloor(long agoMs)
    {
        float days = Math.Max(0, agoMs) / DayMs;
        return days / (days + LongAgoDays);
    }
}
