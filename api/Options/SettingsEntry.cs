using Microsoft.Extensions.Configuration;

namespace Footprint.Grid.Api.Options;

/// <summary>What entries of lists have in common.</summary>
internal static class SettingsEntry
{
    public static void RefuseUnknown(OptionReader reader, IConfigurationSection entry, string at, string origin, params string[] known)
    {
        foreach (var child in entry.GetChildren().Where(child => !known.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
        {
            reader.Add(new ConfigurationFault($"{at}.{child.Key}", origin, "is not a setting", string.Join(", ", known)));
        }
    }

    /// <summary>A JSON array, or one text with commas as an environment variable has it.</summary>
    public static IReadOnlyList<string> Words(IConfigurationSection section) =>
        section.Value is { } text
            ? text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : [.. section.GetChildren().Select(child => child.Value ?? "")];
}
