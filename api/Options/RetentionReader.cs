using System.Globalization;
using Footprint.Grid.Core.Retention;
using Microsoft.Extensions.Configuration;

namespace Footprint.Grid.Api.Options;

/// <summary>Reads how long a tenant keeps what it knows: <c>Idle</c>, <c>Disclosures</c>, and ages by data category and by event type.</summary>
internal static class RetentionReader
{
    public const string AgeLimit = "days or hours as 30d or 12h, 1h to 36500d";
    private const int MostRules = 64;

    public static RetentionRules Read(OptionReader reader, IConfigurationSection tenant, string at, string origin)
    {
        var entry = tenant.GetSection("Retention");
        at += ".Retention";
        SettingsEntry.RefuseUnknown(reader, entry, at, origin, "Idle", "Disclosures", "Categories", "EventTypes");
        return new RetentionRules
        {
            Idle = entry["Idle"] is { Length: > 0 } idle ? Age(reader, idle, $"{at}.Idle", origin) : null,
            Disclosures = entry["Disclosures"] is { Length: > 0 } told ? Age(reader, told, $"{at}.Disclosures", origin) : RetentionRules.Default.Disclosures,
            Categories = Ages(reader, entry.GetSection("Categories"), $"{at}.Categories", origin),
            EventTypes = Ages(reader, entry.GetSection("EventTypes"), $"{at}.EventTypes", origin),
        };
    }

    /// <summary>Null for a text that is no age within the limits.</summary>
    public static TimeSpan? Parse(string text)
    {
        if (text.Length < 2 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        TimeSpan? age = text[^1] switch
        {
            'd' when number <= RetentionRules.Most.TotalDays => TimeSpan.FromDays(number),
            'h' when number <= RetentionRules.Most.TotalHours => TimeSpan.FromHours(number),
            _ => null,
        };
        return age >= RetentionRules.Least ? age : null;
    }

    private static Dictionary<string, TimeSpan> Ages(OptionReader reader, IConfigurationSection section, string at, string origin)
    {
        var ages = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        foreach (var child in section.GetChildren())
        {
            if (Age(reader, child.Value ?? "", $"{at}.{child.Key}", origin) is { } age)
            {
                ages[child.Key] = age;
            }
        }

        if (ages.Count > MostRules)
        {
            reader.Add(new ConfigurationFault(at, origin, $"has {ages.Count} rules", $"at most {MostRules}"));
        }

        return ages;
    }

    private static TimeSpan? Age(OptionReader reader, string text, string at, string origin)
    {
        var age = Parse(text);
        if (age is null)
        {
            reader.Add(new ConfigurationFault(at, origin, $"\"{text}\" is no age", AgeLimit));
        }

        return age;
    }
}
