using Footprint.Grid.Api.Auth;
using Footprint.Grid.Api.Options;

namespace Footprint.Grid.Api.Hosting;

/// <summary>Whose keys open this process, and what the person at the terminal is told about it.</summary>
/// <param name="Entries">Hashes only.</param>
/// <param name="Shown">A generated key, to be printed once; null when keys were given.</param>
/// <param name="Note">Where keys come from.</param>
internal sealed record HostKeys(IReadOnlyList<ApiKeyOptions> Entries, string? Shown, string Note)
{
    /// <summary>The keys that were given, for a process that makes none itself.</summary>
    public static IReadOnlyList<ApiKeyOptions> Given(ProcessOptions options) =>
        options.ApiKey is { } key ? [DevelopmentKey.Entry(key), .. options.Keys] : options.Keys;

    /// <param name="folder">Where a development key is kept; null to make one for this run.</param>
    public static HostKeys For(ProcessOptions options, string? folder)
    {
        if (options.ApiKey is not null)
        {
            return new HostKeys(Given(options), null, "the development key you gave: tenant default, all scopes");
        }

        if (options.Keys.Count > 0)
        {
            return new HostKeys(options.Keys, null, $"{options.Keys.Count} configured");
        }

        if (folder is null)
        {
            var passing = ApiKey.Generate();
            return new HostKeys([DevelopmentKey.Entry(passing)], passing, "for development, of this run: tenant default, all scopes");
        }

        DataFolder.Make(folder);
        var kept = DevelopmentKey.ReadOrMake(folder);
        var file = Path.Combine(folder, DevelopmentKey.FileName);
        return new HostKeys([DevelopmentKey.Entry(kept)], kept, $"for development, kept in {file}: tenant default, all scopes");
    }
}
