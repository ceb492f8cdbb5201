using Footprint.Grid.Api.Options;

namespace Footprint.Grid.Api.Auth;

/// <summary>
/// The key of a process that has none configured: tenant <c>default</c>, all scopes, loopback only. Unless one was given it is made once
/// and kept in the data folder, readable by its owner alone, so that commands and programs go on working after a restart; a process
/// without a data folder makes one for each run. The process itself keeps only the hash.
/// </summary>
internal static class DevelopmentKey
{
    public const string Id = "development";
    public const string FileName = "development-key";

    /// <summary>The key kept in that folder; null when there is none that only its owner could have read.</summary>
    public static string? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path) || (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~DataFolder.ModeOfFiles) != 0))
        {
            return null;
        }

        var key = File.ReadAllText(path).Trim();
        return key.Length is > 0 and <= 256 && key.All(c => c is >= '!' and <= '~') ? key : null;
    }

    /// <summary>The key kept in that folder, else a new one. A file that others could read is replaced.</summary>
    public static string ReadOrMake(string folder)
    {
        if (Read(folder) is { } kept)
        {
            return kept;
        }

        var path = Path.Combine(folder, FileName);
        File.Delete(path);
        var key = ApiKey.Generate();
        using var writer = new StreamWriter(path, DataFolder.NewFile());
        writer.WriteLine(key);
        return key;
    }

    /// <summary>How the key stands among the configured ones.</summary>
    public static ApiKeyOptions Entry(string key) => new()
    {
        Id = Id,
        Hash = ApiKey.Hash(key),
        Tenant = TenantOptions.Default,
        Scopes = [.. Scopes.Names],
    };
}
