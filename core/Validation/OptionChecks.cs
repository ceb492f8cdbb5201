using Footprint.Grid.Core.Audience;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Core.Retention;

namespace Footprint.Grid.Core.Validation;

/// <summary>The checks of options that engines share. Each adds an error that names the option and the limit.</summary>
public static class OptionChecks
{
    private const int MaxTenants = 10_000;
    private const int MaxNameLength = 64;

    /// <summary>So many that each can be denied for every kind of data within the rules that a client may have.</summary>
    public const int MaxPurposes = 16;

    /// <summary>Whether it can name a tenant or a cluster: 1 to 64 ASCII letters, digits, <c>-</c>, <c>_</c> or <c>.</c></summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= MaxNameLength && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    /// <summary>Whether it is a country's code, ISO 3166-1: two capitals.</summary>
    public static bool IsCountry(string text) => FieldChecks.IsCountry(text);

    /// <summary>Whether it names one recipient: 1 to 128 bytes without control characters, and not <c>*</c>.</summary>
    public static bool IsRecipient(string text) => text != Recipients.Any && FieldChecks.IsText(text, 1, FieldChecks.MaxIdBytes);

    /// <summary>Whether it can be a purpose of a tenant's own: a name as in consents, and none of the grid's purposes.</summary>
    public static bool IsOwnPurpose(string text) => FieldChecks.IsToken(text) && Purposes.Number(text) < 0;

    public static void Range<T>(this List<string> errors, string name, T value, T least, T most)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
        {
            errors.Add($"{name}: {value} is not between {least} and {most}.");
        }
    }

    public static void Tenants(this List<string> errors, string name, IDictionary<string, TenantSettings> tenants)
    {
        if (tenants.Count is 0 or > MaxTenants)
        {
            errors.Add($"{name}: between 1 and {MaxTenants} are required, not {tenants.Count}.");
        }

        foreach ((string tenant, TenantSettings settings) in tenants)
        {
            if (!IsName(tenant))
            {
                errors.Add($"{name}: '{tenant}' is not 1 to {MaxNameLength} ASCII letters, digits, '-', '_' or '.'.");
            }

            if (!Enum.IsDefined(settings.Consent))
            {
                errors.Add($"{name}: the regime of '{tenant}' is none of {string.Join(", ", Enum.GetNames<ConsentRegime>())}.");
            }

            foreach ((string country, ConsentRegime regime) in settings.Countries)
            {
                if (!FieldChecks.IsCountry(country) || !Enum.IsDefined(regime))
                {
                    errors.Add($"{name}: '{country}' of '{tenant}' is not a country's code of two capitals with a regime.");
                }
            }

            foreach (TimeSpan age in settings.Retention.Ages)
            {
                errors.Range($"{name}, {nameof(settings.Retention)} of '{tenant}'", age, RetentionRules.Least, RetentionRules.Most);
            }

            if (settings.Purposes.Count > MaxPurposes || settings.Purposes.Distinct().Count() < settings.Purposes.Count || !settings.Purposes.All(IsOwnPurpose))
            {
                errors.Add($"{name}, {nameof(settings.Purposes)} of '{tenant}': at most {MaxPurposes} different names, none of the grid's own purposes.");
            }

            errors.Range(
                $"{name}, {nameof(settings.MinimumAudience)} of '{tenant}'", settings.MinimumAudience, MinimumAudience.Least, MinimumAudience.Most);
        }
    }
}
