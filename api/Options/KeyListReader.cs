using Footprint.Grid.Api.Auth;

namespace Footprint.Grid.Api.Options;

/// <summary>Reads the configured keys. Only hashes are configured, and not even they are shown.</summary>
internal static class KeyListReader
{
    private const int MaxKeys = 10_000;

    /// <summary>The keys, whole only when the reader has no faults.</summary>
    public static IReadOnlyList<ApiKeyOptions> Read(
        OptionReader reader, OptionSources sources, IReadOnlyList<TenantOptions> tenants)
    {
        var (entries, origin) = sources.FindList(OptionTable.KeysSetting);
        if (entries.Count > MaxKeys)
        {
            reader.Add(new ConfigurationFault(OptionTable.KeysSetting, origin, $"has {entries.Count} entries", $"at most {MaxKeys}"));
        }

        var keys = new List<ApiKeyOptions>();
        var hashes = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in entries.Take(MaxKeys))
        {
            var at = $"{OptionTable.KeysSetting}[{entry.Key}]";
            SettingsEntry.RefuseUnknown(reader, entry, at, origin, "Id", "Hash", "Tenant", "Recipient", "Scopes");
            var key = new ApiKeyOptions
            {
                Id = entry["Id"] ?? "",
                Hash = entry["Hash"] ?? "",
                Tenant = entry["Tenant"] ?? "",
                Recipient = entry["Recipient"],
                Scopes = [.. SettingsEntry.Words(entry.GetSection("Scopes"))],
            };
            if (key.Id.Length is 0 or > 64 || key.Id == DevelopmentKey.Id || !ids.Add(key.Id))
            {
                reader.Add(new ConfigurationFault(
                    $"{at}.Id", origin, key.Id.Length == 0 ? "is missing" : $"\"{key.Id}\" is too long, reserved or there twice",
                    "a name of its own for each key, 1 to 64 characters"));
            }

            if (key.Hash.Length != 64 || !key.Hash.All(char.IsAsciiHexDigit) || !hashes.Add(key.Hash))
            {
                reader.Add(new ConfigurationFault(
                    $"{at}.Hash", origin, "is no key's hash or is there twice", "64 hexadecimal digits as hash-key prints them"));
            }

            if (tenants.All(tenant => tenant.Name != key.Tenant))
            {
                reader.Add(new ConfigurationFault(
                    $"{at}.Tenant", origin, key.Tenant.Length == 0 ? "is missing" : $"tenant \"{key.Tenant}\" is not configured",
                    "default, or a tenant under Footprint:Tenants with its Consent"));
            }

            if (!ApiKey.IsRecipient(key.Recipient))
            {
                reader.Add(new ConfigurationFault($"{at}.Recipient", origin, $"\"{key.Recipient}\" names no recipient", ApiKey.RecipientLimit));
            }

            RefuseScopes(reader, key, at, origin);
            keys.Add(key);
        }

        return keys;
    }

    private static void RefuseScopes(OptionReader reader, ApiKeyOptions key, string at, string origin)
    {
        var limit = "one or more of " + string.Join(", ", Scopes.Names);
        if (key.Scopes.Count == 0)
        {
            reader.Add(new ConfigurationFault($"{at}.Scopes", origin, "is empty", limit));
        }

        foreach (var scope in key.Scopes.Where(scope => !Scopes.TryParse(scope, out _)))
        {
            reader.Add(new ConfigurationFault($"{at}.Scopes", origin, $"\"{scope}\" is not a scope", limit));
        }
    }
}
