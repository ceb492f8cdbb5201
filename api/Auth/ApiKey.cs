using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Footprint.Grid.Core.Validation;

namespace Footprint.Grid.Api.Auth;

/// <summary>Makes API keys and their hashes.</summary>
public static class ApiKey
{
    /// <summary>A new key of 256 random bits, as <c>fg_</c> and 43 URL-safe characters.</summary>
    public static string Generate() => "fg_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    internal const string RecipientLimit = "1 to 128 bytes, not *";

    /// <summary>Whether a key can act for it; null for a key that acts for nobody in particular.</summary>
    internal static bool IsRecipient(string? recipient) => recipient is null || OptionChecks.IsRecipient(recipient);

    /// <summary>What the configuration keeps of a key: its SHA-256 in lower-case hexadecimal.</summary>
    public static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
