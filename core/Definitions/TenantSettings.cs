using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Retention;
using Footprint.Grid.Core.Validation;

namespace Footprint.Grid.Core.Definitions;

/// <summary>What whoever operates the grid settles for a tenant, beside what the tenant defines itself.</summary>
/// <param name="Consent">What holds for clients who said nothing.</param>
public record TenantSettings(ConsentRegime Consent)
{
    /// <summary>What holds instead for clients of a country, ISO 3166-1 (two capitals).</summary>
    public IReadOnlyDictionary<string, ConsentRegime> Countries { get; init; } = new Dictionary<string, ConsentRegime>();

    /// <summary>How long what is known of its clients is kept; at most a century, at least an hour.</summary>
    public RetentionRules Retention { get; init; } = RetentionRules.None;

    /// <summary>
    /// Purposes of the tenant's own, at most <see cref="OptionChecks.MaxPurposes"/>: clients can decide about them on their page before anything
    /// was said or handed out for them.
    /// </summary>
    public IReadOnlyList<string> Purposes { get; init; } = [];

    /// <summary>How many clients a number in a report must be about, 10 to 1,000,000.</summary>
    public int MinimumAudience { get; init; } = Audience.MinimumAudience.Default;
}
