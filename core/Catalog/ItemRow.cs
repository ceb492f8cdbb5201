using System.Runtime.CompilerServices;

namespace Footprint.Grid.Core.Catalog;

/// <summary>
/// What scoring reads of an item, in 64 bytes side by side with its neighbours': following references to the item and on
/// to its topics was most of what a decision cost. A slot without an item has a row of zeros and is never live.
/// </summary>
internal struct ItemRow
{
    /// <summary>Topics in the row; an item with more has the rest only in <see cref="CatalogItem.Topics"/>.</summary>
    public const int Inline = 5;

    // Any fixed time does; this keeps the years 1990 to 2060 within a double.
    private const long LandmarkMs = 1_767_225_600_000;
    private const double HalfLifeMs = 14 * 86_400_000.0;

    public long PublishMs;
    public long ExpireMs;
    public TopicShares Topics;

    // Below zero, or negative zero, where the item has more topics: a row has no byte to spare.
    private double _growth;

    public static ItemRow Of(CatalogItem item)
    {
        var row = new ItemRow
        {
            PublishMs = item.PublishMs,
            ExpireMs = item.ExpireMs,
            _growth = (item.PublishMs > 0 ? double.Exp2((item.PublishMs - LandmarkMs) / HalfLifeMs) : 0) * (item.Topics.Length > Inline ? -1 : 1),
        };
        for (int i = 0; i < Math.Min(item.Topics.Length, Inline); i++)
        {
            row.Topics[i] = new TopicShare(item.Topics[i].Topic, item.Topics[i].Share);
        }

        return row;
    }

    /// <summary>2^(-age / 14 days) of an item that says when it was published, else 0, given what <see cref="FreshnessScale"/> says of now. At most 1 while it is live.</summary>
    public readonly float Freshness(double scale) => (float)(Math.Abs(_growth) * scale);

    /// <summary>One power of two a decision instead of one an item.</summary>
    public static double FreshnessScale(long nowMs) => double.Exp2((LandmarkMs - nowMs) / HalfLifeMs);

    /// <summary>Whether the item has more topics than the row.</summary>
    public readonly bool HasMore => double.IsNegative(_growth);

    public readonly bool IsLive(long nowMs) => PublishMs <= nowMs && nowMs < ExpireMs;

    internal readonly record struct TopicShare(int Topic, float Share);

    [InlineArray(Inline)]
    internal struct TopicShares
    {
        private TopicShare _first;
    }
}
