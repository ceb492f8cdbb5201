namespace Footprint.Grid.Core.Campaigns;

/// <summary>Bounds of campaigns, line items and the requests that bring them.</summary>
public static class CampaignLimits
{
    /// <summary>Campaigns, or line items, in one request.</summary>
    public const int MaxPerRequest = 1_000;

    /// <summary>UTF-8 bytes of an id, a topic or a placement; at least one.</summary>
    public const int MaxIdBytes = 128;

    /// <summary>UTF-8 bytes of a campaign's name.</summary>
    public const int MaxNameBytes = 256;

    public const int MaxTopics = 32;

    /// <summary>Of a topic's weight, which is more than 0.</summary>
    public const double MaxTopicWeight = 1_000;

    /// <summary>Of a bid, which is 0 or more.</summary>
    public const double MaxBid = 1e9;

    /// <summary>Of a budget, which is more than 0.</summary>
    public const double MaxBudget = 1e12;

    public const int MaxCaps = 8;

    /// <summary>Impressions that a cap allows; at least one.</summary>
    public const int MaxCapCount = 1_000;

    /// <summary>Seconds of a cap's window.</summary>
    public const long MinWindowSeconds = 60;

    /// <summary>Seconds of a cap's window: 30 days.</summary>
    public const long MaxWindowSeconds = 30 * 86_400;

    public const int MaxPlacements = 64;

    public const int MaxChannels = 8;

    public const int MaxPlaces = 256;

    public const int MaxPriority = 1_000;

    public const int MaxSegmentWeights = 32;

    /// <summary>Of a segment's weight, either sign.</summary>
    public const double MaxSegmentWeight = 10;

    /// <summary>Spans of hours in a week.</summary>
    public const int MaxSpans = 64;

    /// <summary>Faults after which a check looks at no further campaign.</summary>
    public const int MaxFaults = 100;
}
