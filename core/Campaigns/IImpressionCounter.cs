using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Core.Campaigns;

/// <summary>What a client was shown lately.</summary>
public interface IImpressionCounter
{
    /// <summary>
    /// More than any cap allows when it is not known; else impressions of that campaign, or of that line item of that
    /// <paramref name="recipient"/>, later than <paramref name="sinceMs"/> (exclusive), in milliseconds since the epoch. One
    /// that lies ahead of the clock counts too, so a clock that steps back never shows more than a cap allows.
    /// </summary>
    int Count(StoredImpression.Types.Kind kind, string key, string recipient, long sinceMs);
}
