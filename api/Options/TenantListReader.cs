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

    public static IReadOnlyList<TenantOptions> Read(OptionReader reader, OptionSources sources)
    {
        var (entries, origin) = sources.FindList(OptionTable.TenantsSetting);
        var tenants = new Dictionary<string, TenantOptions>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var at = $"{OptionTable.TenantsSetting}[{entry.Key}]";
            SettingsEntry.RefuseUnknown(reader, entry, at, origin, "Name", "Consent", "Retention", "MinimumAudience");
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
        Retention = RetentionReader.Read(reader, entry, at, origin),
        MinimumAudience = ReadMinimumAudience(reader, entry, at, origin),
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

    private static ConsentRegime? ReadConsent(OptionReader reader, IConfigurationSection entry, string at, string origin, string name)
    {
        switch (entry["Consent"]?.ToLowerInvariant())
        {
            case "opt-in":
                return ConsentRegime.OptIn;
            case "opt-out":
                return ConsentRegime.OptOut;
            case null or "" when name == TenantOptions.Default:
                return ConsentRegime.OptOut;
            case null or "":
                reader.Add(new ConfigurationFault($"{at}.Consent", origin, $"is missing: tenant \"{name}\" must choose", ConsentLimit));
                return null;
            case var other:
                reader.Add(new ConfigurationFault($"{at}.Consent", origin, $"\"{other}\" is not a choice", ConsentLimit));
                return null;
        }
    }
}
