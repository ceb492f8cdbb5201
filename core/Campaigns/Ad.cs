using Footprint.Grid.Core.Campaigns.Budgets;
using Footprint.Grid.Core.Conditions;
using Footprint.Grid.Core.Hashing;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;

namespace Footprint.Grid.Core.Campaigns;

/// <summary>
/// A campaign or a line item as targeting sees it. A struct over the message, so that a thousand line items in a request
/// cost no objects.
/// </summary>
internal readonly struct Ad
{
    public Ad(Campaign campaign, Condition condition)
    {
        Id = campaign.CampaignId;
        Place = XxHash64.Hash(campaign.CampaignId);
        Kind = StoredImpression.Types.Kind.Campaign;
        Condition = condition;
        Topics = campaign.Topics;
        Caps = campaign.FrequencyCaps;
        Placements = campaign.Placements;
        Bid = campaign.Bid;
        Priority = campaign.Priority;
        Group = campaign.CompetitiveGroup;
        Targeting = campaign.Targeting;
        Hours = WeekHours.Of(campaign.Dayparting);
        Channels = campaign.Channels.Count > 0 ? campaign.Channels : null;
        Places = campaign.Places.Count > 0 ? campaign.Places : null;
        Segments = campaign.SegmentWeights.Count > 0 ? campaign.SegmentWeights : null;
        HoldoutShare = campaign.HoldoutShare;
        StartMs = CeilingMs(campaign.StartTime, long.MinValue);
        EndMs = CeilingMs(campaign.EndTime, long.MaxValue);
        Budget = BudgetTerms.Of(campaign, Hours, StartMs, EndMs);
    }

    public Ad(LineItem lineItem, Condition condition)
    {
        Id = lineItem.LineItemId;
        Kind = StoredImpression.Types.Kind.LineItem;
        Condition = condition;
        Topics = lineItem.Topics;
        Caps = lineItem.FrequencyCaps;
        Placements = null;
        Bid = lineItem.Bid;
        Priority = lineItem.Priority;
        Group = lineItem.CompetitiveGroup;
        Targeting = lineItem.Targeting;
        StartMs = CeilingMs(lineItem.StartTime, long.MinValue);
        EndMs = CeilingMs(lineItem.EndTime, long.MaxValue);
    }

    public string Id { get; }

    /// <summary>By which chance tells campaigns apart.</summary>
    public ulong Place { get; }

    public StoredImpression.Types.Kind Kind { get; }

    public Condition Condition { get; }

    public RepeatedField<TopicWeight> Topics { get; }

    public RepeatedField<FrequencyCap> Caps { get; }

    /// <summary>Null or empty: any placement.</summary>
    public RepeatedField<string>? Placements { get; }

    public double Bid { get; }

    /// <summary>Its tier; higher goes first.</summary>
    public int Priority { get; }

    /// <summary>Of several of the same group one is shown at most; empty: shown beside any.</summary>
    public string Group { get; }

    /// <summary>What <see cref="Condition"/> was compiled from.</summary>
    public Struct? Targeting { get; }

    /// <summary>Null: all hours.</summary>
    public WeekHours? Hours { get; }

    /// <summary>Null: any channel, also none.</summary>
    public RepeatedField<FootprintEvent.Types.Channel>? Channels { get; }

    /// <summary>Null: anywhere.</summary>
    public RepeatedField<Place>? Places { get; }

    /// <summary>Null: segments make no difference.</summary>
    public RepeatedField<SegmentWeight>? Segments { get; }

    public double HoldoutShare { get; }

    /// <summary>First millisecond in which it may show.</summary>
    public long StartMs { get; }

    /// <summary>First millisecond in which it may not any more.</summary>
    public long EndMs { get; }

    /// <summary>Null: what it spends is not limited.</summary>
    public BudgetTerms? Budget { get; }

    public bool IsCampaign => Kind == StoredImpression.Types.Kind.Campaign;

    /// <summary>A clock of whole milliseconds has reached a time exactly when it has reached the time rounded up.</summary>
    private static long CeilingMs(Timestamp? time, long absent) => time is null ? absent : (time.Seconds * 1000) + ((time.Nanos + 999_999) / 1_000_000);
}
