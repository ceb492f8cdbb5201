using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Campaigns;

/// <summary>A tenant's campaigns, their conditions compiled. Immutable.</summary>
public sealed class CampaignSet
{
    /// <summary>Campaigns that one tenant may have.</summary>
    public const int MaxCampaigns = 10_000;

    public static CampaignSet Empty { get; } = new();

    public int Count => throw new NotSupportedException();

    public Campaign? Find(string campaignId) => throw new NotSupportedException();

    public IReadOnlyList<Campaign> Page(string afterCampaignId, int size) => throw new NotSupportedException();

    /// <exception cref="Engine.GridException"><c>FAILED_PRECONDITION</c>: more than <see cref="MaxCampaigns"/> would be defined.</exception>
    public CampaignSet With(IReadOnlyList<Campaign> campaigns) => throw new NotSupportedException();

    public CampaignSet Without(string campaignId) => throw new NotSupportedException();
}
