using Footprint.Grid.Core.Campaigns.Budgets;
using Footprint.Grid.Core.Conditions;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Campaigns;

/// <summary>
/// A tenant's campaigns in the ordinal order of their ids, their conditions compiled. Immutable; the messages that it gives
/// out are its own and must not be changed. A change costs in proportion to the number of campaigns.
/// </summary>
public sealed class CampaignSet
{
    /// <summary>Campaigns that one tenant may have.</summary>
    public const int MaxCampaigns = 10_000;

    private readonly Campaign[] _campaigns;
    private readonly Ad[] _ads;

    private CampaignSet(Campaign[] campaigns, Ad[] ads)
    {
        _campaigns = campaigns;
        _ads = ads;
        Placements = new PlacementIndex(campaigns);
    }

    public static CampaignSet Empty { get; } = new([], []);

    public int Count => _campaigns.Length;

    internal ReadOnlySpan<Ad> Ads => _ads;

    internal PlacementIndex Placements { get; }

    /// <summary>The campaign as it was defined, or null.</summary>
    public Campaign? Find(string campaignId) => IndexOf(campaignId) is >= 0 and var at ? _campaigns[at] : null;

    /// <summary>What the campaign may spend; null when there is no such campaign or its spending is not limited.</summary>
    public BudgetTerms? Budget(string campaignId) => IndexOf(campaignId) is >= 0 and var at ? _ads[at].Budget : null;

    /// <summary>Those whose spending is limited.</summary>
    public IEnumerable<(string CampaignId, BudgetTerms Terms)> Budgets()
    {
        foreach (Ad ad in _ads)
        {
            if (ad.Budget is { } terms)
            {
                yield return (ad.Id, terms);
            }
        }
    }

    /// <summary>At most <paramref name="size"/> campaigns after the given id.</summary>
    public IReadOnlyList<Campaign> Page(string afterCampaignId, int size)
    {
        int at = IndexOf(afterCampaignId);
        int first = at < 0 ? ~at : at + 1;
        return new ArraySegment<Campaign>(_campaigns, first, Math.Clamp(size, 0, _campaigns.Length - first));
    }

    /// <summary>
    /// Copies of these campaigns added or put in place of their namesakes; the last one wins where an id comes twice. A
    /// targeting condition with faults, which validation refuses, holds for nobody here.
    /// </summary>
    /// <exception cref="GridException"><c>FAILED_PRECONDITION</c>: more than <see cref="MaxCampaigns"/> would be defined.</exception>
    public CampaignSet With(IReadOnlyList<Campaign> campaigns)
    {
        var changed = new SortedDictionary<string, Campaign>(StringComparer.Ordinal);
        int added = 0;
        foreach (Campaign campaign in campaigns)
        {
            added += changed.ContainsKey(campaign.CampaignId) || IndexOf(campaign.CampaignId) >= 0 ? 0 : 1;
            changed[campaign.CampaignId] = campaign;
        }

        int count = Count + added;
        DefinitionRules.ThrowIfTooMany("campaigns", count, MaxCampaigns);
        var merged = new Campaign[count];
        var ads = new Ad[count];
        int old = 0;
        int next = 0;
        foreach (Campaign campaign in changed.Values)
        {
            while (old < Count && string.CompareOrdinal(_campaigns[old].CampaignId, campaign.CampaignId) < 0)
            {
                merged[next] = _campaigns[old];
                ads[next++] = _ads[old++];
            }

            old += old < Count && _campaigns[old].CampaignId == campaign.CampaignId ? 1 : 0;
            merged[next] = campaign.Clone();
            ads[next] = new Ad(merged[next], Compile(merged[next]));
            next++;
        }

        Array.Copy(_campaigns, old, merged, next, Count - old);
        Array.Copy(_ads, old, ads, next, Count - old);
        return new CampaignSet(merged, ads);
    }

    /// <summary>The same set when there is no such campaign.</summary>
    public CampaignSet Without(string campaignId)
    {
        int at = IndexOf(campaignId);
        return at < 0 ? this : new CampaignSet([.. _campaigns[..at], .. _campaigns[(at + 1)..]], [.. _ads[..at], .. _ads[(at + 1)..]]);
    }

    /// <summary>Position of a campaign among <see cref="Ads"/>; the complement of where it would go when there is none.</summary>
    internal int IndexOf(string campaignId)
    {
        int low = 0;
        int high = _campaigns.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            int order = string.CompareOrdinal(_campaigns[middle].CampaignId, campaignId);
            if (order == 0)
            {
                return middle;
            }

            if (order < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return ~low;
    }

    private static Condition Compile(Campaign campaign)
    {
        if (campaign.Targeting is null)
        {
            return Condition.Always;
        }

        var faults = new List<Fault>();
        var condition = Condition.Compile(campaign.Targeting, faults);
        return faults.Count == 0 ? condition : Condition.Never;
    }
}
