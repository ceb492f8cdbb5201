using System.Globalization;
using Footprint.Grid.Core.Audience;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Validation;
using Microsoft.Extensions.Configuration;

namespace Footprint.Grid.Api.Options;

/// <summary>Reads the tenants. Every tenant but <c>default</c> must say what holds for clients who said nothing.</summary>
internal static class TenantListReader
{
    public const string NameLimit = "1 to 64 of a-z A-Z 0-9 . _ -";
    public const string ConsentLimit = "opt-in or opt-out";
    public const string PurposeLimit = "1 to 64 of a-z 0-9 _ -, a letter first, and none of personalization, advertising, analytics, measurement, sharing";
    public const string CountryLimit = "two capitals, ISO 3166-1, as DE";

    public static IReadOnlyList<TenantOptions> Read(OptionReader reader, OptionSources sources)
    {
        var (entries, origin) = sources.FindList(OptionTable.TenantsSetting);
        var tenants = new Dictionary<string, TenantOptions>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var at = $"{OptionTable.TenantsSetting}[{entry.Key}]";
            SettingsEntry.RefuseUnknown(reader, entry, at, origin, "Name", "Consent", "Countries", "Retention", "MinimumAudience", "Purposes");
            var name = entry["Name"] ?? "";
            var consent = ReadConsent(reader, entry, at, origin, name);
            if (!OptionChecks.IsName(name))
            {
                reader.Add(new ConfigurationFault($"{at}.Name", origin, $"\"{name}\" is not a tenant's name", NameLimit));
            }
            else if (consent is { } regime && !tenants.TryAdd(name, Tenant(reader, entry, at, origin, name, regime)))
            {
                reader.Add(new ConfigurationFault($"{at}.Name", origin, $"tenant \"{name}\" is there twice"));
            }
        }

        _ = tenants.TryAdd(TenantOptions.Default, new TenantOptions(TenantOptions.Default, ConsentRegime.OptOut));
        return [.. tenants.Values];
    }

    private static TenantOptions Tenant(OptionReader reader, IConfigurationSection entry, string at, string origin, string name, ConsentRegime regime) => new(name, regime)
    {
        Countries = ReadCountries(reader, entry.GetSection("Countries"), $"{at}.Countries", origin),
        Retention = RetentionReader.Read(reader, entry, at, origin),
        MinimumAudience = ReadMinimumAudience(reader, entry, at, origin),
        Purposes = ReadPurposes(reader, entry, at, origin),
    };

    private static int ReadMinimumAudience(OptionReader reader, IConfigurationSection entry, string at, string origin)
    {
        string? text = entry["MinimumAudience"];
        if (text is null)
        {
            return MinimumAudience.Default;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int minimum) && minimum is >= MinimumAudience.Least and <= MinimumAudience.Most)
        {
            return minimum;
        }

        reader.Add(new ConfigurationFault($"{at}.MinimumAudience", origin, $"\"{text}\" is no number of clients", $"{MinimumAudience.Least} to {MinimumAudience.Most}"));
        return MinimumAudience.Default;
    }

    private static List<string> ReadPurposes(OptionReader reader, IConfigurationSection entry, string at, string origin)
    {
        var purposes = new List<string>();
        foreach (var word in SettingsEntry.Words(entry.GetSection("Purposes")))
        {
            if (!OptionChecks.IsOwnPurpose(word))
            {
                reader.Add(new ConfigurationFault($"{at}.Purposes", origin, $"\"{word}\" is no purpose of a tenant's own", PurposeLimit));
            }
            else if (!purposes.Contains(word, StringComparer.Ordinal))
            {
                purposes.Add(word);
            }
        }

        if (purposes.Count > OptionChecks.MaxPurposes)
        {
            reader.Add(new ConfigurationFault($"{at}.Purposes", origin, $"{purposes.Count} are too many", $"at most {OptionChecks.MaxPurposes}"));
        }

        return purposes;
    }

    private static ConsentRegime? ReadConsent(OptionReader reader, IConfigurationSection entry, string at, string origin, string name)
    {
        var text = entry["Consent"] ?? "";
        if (text.Length == 0 && name == TenantOptions.Default)
        {
            return ConsentRegime.OptOut;
        }

        var regime = ParseConsent(text);
        if (regime is null)
        {
            var fault = text.Length == 0 ? $"is missing: tenant \"{name}\" must choose" : $"\"{text}\" is not a choice";
            reader.Add(new ConfigurationFault($"{at}.Consent", origin, fault, ConsentLimit));
        }

        return regime;
    }

    private static Dictionary<string, ConsentRegime> ReadCountries(OptionReader reader, IConfigurationSection section, string at, string origin)
    {
        var countries = new Dictionary<string, ConsentRegime>(StringComparer.Ordinal);
        foreach (var child in section.GetChildren())
        {
            if (!OptionChecks.IsCountry(child.Key))
            {
                reader.Add(new ConfigurationFault($"{at}.{child.Key}", origin, "is not a country's code", CountryLimit));
            }
            else if (ParseConsent(child.Value ?? "") is { } regime)
            {
                countries[child.Key] = regime;
            }
            else
            {
                reader.Add(new ConfigurationFault($"{at}.{child.Key}", origin, $"\"{child.Value}\" is not a choice", ConsentLimit));
            }
        }

        return countries;
    }

    private static ConsentRegime? ParseConsent(string text) => text.ToLowerInvariant() switch
    {
        "opt-in" => ConsentRegime.OptIn,
        "opt-out" => ConsentRegime.OptOut,
        _ => null,
    };
}
