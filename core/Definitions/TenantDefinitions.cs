using System.Collections.Frozen;
using Footprint.Grid.Core.Audience;
using Footprint.Grid.Core.Campaigns;
using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Events;
using Footprint.Grid.Core.Placements;
using Footprint.Grid.Core.Probes;
using Footprint.Grid.Core.Segments;

namespace Footprint.Grid.Core.Definitions;

/// <summary>All that one tenant defined, as of one version; immutable. Each change makes the next version.</summary>
/// <param name="Regime">What holds for a client of no country, or of one that is not among <see cref="Countries"/>.</param>
public sealed record TenantDefinitions(string Tenant, ConsentRegime Regime)
{
    private static readonly AudienceGate _audience = new(MinimumAudience.Default);

    /// <summary>A tenant that has defined nothing yet.</summary>
    public static TenantDefinitions None(string tenant, TenantSettings settings) => new(tenant, settings.Consent)
    {
        Countries = settings.Countries.ToFrozenDictionary(StringComparer.Ordinal),
        Audience = new AudienceGate(settings.MinimumAudience),
    };

    public ulong Version { get; init; }

    public CatalogSnapshot Items { get; init; } = CatalogSnapshot.Empty;

    public CampaignSet Campaigns { get; init; } = CampaignSet.Empty;

    public EventTypeTable EventTypes { get; init; } = EventTypeTable.Default;

    public PlacementSet Placements { get; init; } = PlacementSet.Empty;

    public SegmentSet Segments { get; init; } = SegmentSet.Empty;

    public ProbeSet Probes { get; init; } = ProbeSet.Empty;

    /// <summary>Regimes by country, ISO 3166-1.</summary>
    public FrozenDictionary<string, ConsentRegime> Countries { get; init; } = FrozenDictionary<string, ConsentRegime>.Empty;

    /// <summary>What any number about clients passes through.</summary>
    public AudienceGate Audience { get; init; } = _audience;

    /// <summary>What holds for a client of these countries and one more, if it is a country's code: the strictest of theirs.</summary>
    public ConsentRegime RegimeOf(IReadOnlyCollection<string> countries, string? another = null)
    {
        if (Countries.Count == 0)
        {
            return Regime;
        }

        bool isKnown = another is { Length: 2 };
        ConsentRegime strictest = isKnown ? Countries.GetValueOrDefault(another!, Regime) : ConsentRegime.OptOut;
        foreach (string country in countries)
        {
            isKnown = true;
            strictest = Countries.GetValueOrDefault(country, Regime) == ConsentRegime.OptIn ? ConsentRegime.OptIn : strictest;
        }

        return isKnown ? strictest : Regime;
    }
}
