namespace Footprint.Grid.Api.Auth;

/// <summary>One API key as it is configured: never the key itself, only its hash.</summary>
public sealed class ApiKeyOptions
{
    /// <summary>Names the key in logs; unique, 1 to 64 characters.</summary>
    public string Id { get; set; } = "";

    /// <summary>SHA-256 of the key's UTF-8 bytes, 64 hexadecimal digits; see <see cref="ApiKey.Hash"/>.</summary>
    public string Hash { get; set; } = "";

    /// <summary>Whose data it opens; 1 to 64 of <c>a-z A-Z 0-9 . _ -</c>.</summary>
    public string Tenant { get; set; } = "default";

    /// <summary>The one recipient for whom the key's calls are, 1 to 128 bytes; null for a key whose calls name whom they like.</summary>
    public string? Recipient { get; set; }

    /// <summary>Of ingest, decide, profile:read, profile:write, define, report, admin; at least one.</summary>
    public IList<string> Scopes { get; set; } = [];
}
