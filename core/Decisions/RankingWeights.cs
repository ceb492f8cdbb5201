namespace Footprint.Grid.Core.Decisions;

/// <summary>
/// How version one of the ranking adds up. The score of item j for client u is the sum of
/// <c>Interest * share(j, t) * a / (|a| + Half)</c> over the topics t of j that u has an affinity a for,
/// <c>CoVisit * strength(i, j) * (f + (1 - f) / r)</c> over u's R recent items i, r-th from the last, with
/// <c>f = R / (R + 16)</c>: a short history tells what is on somebody's mind, a long one their taste,
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

    private const float LongHistory = 16;

    /// <summary>What the oldest of so many recent items counts, as a part of the last one, nearly.</summary>
    public static float RecentFloor(int count) => count / (count + LongHistory);
}
