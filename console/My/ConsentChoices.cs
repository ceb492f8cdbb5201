using Footprint.Grid.V1;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;

namespace Footprint.Grid.Pages.My;

/// <summary>
/// What a client can decide as a whole, and what it has. A purpose is allowed or denied; a kind of data and a recipient take
/// part in whatever its purpose allows, or are denied for every purpose. Whoever wants it finer says single rules.
/// </summary>
public sealed class ConsentChoices
{
    /// <summary>All kinds of data, or all recipients.</summary>
    public const string All = "*";

    private const string Self = "self";
    private static readonly string[] _purposes = ["personalization", "advertising", "analytics", "measurement", "sharing"];

    // Whoever asks for a profile names the purpose, so those that were only heard of are bounded.
    private const int MostPurposes = 24;

    /// <param name="known">What a client has said and who got something of it; null for one of whom nothing is known.</param>
    /// <param name="ofTenant">Purposes of the tenant's own, beside those that every tenant has.</param>
    public ConsentChoices(ExportResponse? known, IEnumerable<string> ofTenant)
    {
        var profile = known?.Profile;
        Rules = profile?.Consents.ToList() ?? [];
        var purposes = _purposes.Concat(ofTenant).Concat(Rules.Select(r => r.Purpose)).Distinct(StringComparer.Ordinal).ToList();
        var heard = (known?.ConsentHistory.Select(r => r.Purpose) ?? []).Concat(profile?.Disclosures.Select(d => d.Purpose) ?? []);
        Purposes = [.. purposes, .. heard.Where(p => p is not (All or "")).Distinct(StringComparer.Ordinal).Except(purposes).Take(Math.Max(0, MostPurposes - purposes.Count))];
        Recipients = [.. (profile?.Disclosures.Select(d => d.Recipient) ?? []).Concat(Rules.Select(r => r.Recipient))
            .Where(r => r is not (All or Self or "")).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>Every kind of data.</summary>
    public static IReadOnlyList<string> Categories { get; } = ["behaviour", "purchases", "declared", "inferred", "location", "demographics", "contact"];

    /// <summary>The rules that hold.</summary>
    public IReadOnlyList<Consent> Rules { get; }

    /// <summary>Those that every tenant has, the tenant's own, those that the client spoke about, and others for which something was handed out.</summary>
    public IReadOnlyList<string> Purposes { get; }

    /// <summary>Everybody who got something or whom the client spoke about, but for the tenant itself.</summary>
    public IReadOnlyList<string> Recipients { get; }

    /// <summary>What was said about a purpose as a whole.</summary>
    public Decision OfPurpose(string purpose) => Find(purpose, All, All)?.Decision ?? Decision.Unspecified;

    /// <summary>Whether a kind of data or a recipient is denied for every purpose; null when it differs, false when nothing was said about it.</summary>
    public bool? IsDenied(string category, string recipient)
    {
        var said = Purposes.Select(p => Find(p, category, recipient)?.Decision ?? Decision.Unspecified).ToList();
        return said.All(d => d == Decision.Deny) ? true : said.All(d => d == Decision.Unspecified) ? false : null;
    }

    /// <summary>The rule of just that; null when there is none.</summary>
    public Consent? Find(string purpose, string category, string recipient) =>
        Rules.FirstOrDefault(r => r.Purpose == purpose && r.Category == category && r.Recipient == recipient);
}
