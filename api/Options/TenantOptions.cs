using Footprint.Grid.Core.Audience;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Retention;

namespace Footprint.Grid.Api.Options;

/// <summary>A tenant and what holds for its clients who said nothing.</summary>
internal sealed record TenantOptions(string Name, ConsentRegime Consent)
{
    /// <summary>The tenant that is always there; opt-out unless configured otherwise.</summary>
    public const string Default = "default";

    /// <summary>What holds instead for clients of a country, ISO 3166-1.</summary>
    public IReadOnlyDictionary<string, ConsentRegime> Countries { get; init; } = new Dictionary<string, ConsentRegime>();

    /// <summary>How long what is known of its clients is kept.</summary>
    public RetentionRules Retention { get; init; } = RetentionRules.Default;

    /// <summary>How many clients a number in a report must be about.</summary>
    public int MinimumAudience { get; init; } = Core.Audience.MinimumAudience.Default;
}
