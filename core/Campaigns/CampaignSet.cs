using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Campaigns;

/// <summary>A tenant's campaigns, their conditions compiled. Immutable.</summary>
public sealed class CampaignSet
{
    public static CampaignSet Empty { get; } = new();

    public Campaign? Find(string campaignId) => throw new NotSupportedException();

    public IReadOnlyList<Campaign> Page(string afterCampaignId, int size) => throw new NotSupportedException();

    public CampaignSet With(IReadOnlyList<Campaign> campaigns) => throw new NotSupportedException();

    public CampaignSet Without(string campaignId) => throw new NotSupportedException();
}
