using Footprint.Grid.Api.Auth;
using Footprint.Grid.Embedded;
using Footprint.Grid.Node.Keys;
using Footprint.Grid.Node.Options;

namespace Footprint.Grid.Node.Hosting;

/// <summary>Whose keys open this node, and what the person at the terminal is told about it.</summary>
/// <param name="Entries">Hashes only.</param>
/// <param name="Shown">A generated key, to be printed once; null when keys were given.</param>
/// <param name="Note">Where keys come from.</param>
internal sealed record NodeKeys(IReadOnlyList<ApiKeyOptions> Entries, string? Shown, string Note)
{
    public static NodeKeys For(NodeOptions options)
    {
        if (options.ApiKey is { } given)
        {
            return new NodeKeys([DevelopmentKey.Entry(given), .. options.Keys], null, "the development key you gave: tenant default, all scopes");
        }

        if (options.Keys.Count > 0)
        {
            return new NodeKeys(options.Keys, null, $"{options.Keys.Count} configured");
        }

        if (options.Store == StoreKind.Memory)
        {
            var passing = ApiKey.Generate();
            return new NodeKeys([DevelopmentKey.Entry(passing)], passing, "for development, of this run: tenant default, all scopes");
        }

        var kept = DevelopmentKey.ReadOrMake(options.DataFolder);
        var file = Path.Combine(options.DataFolder, DevelopmentKey.FileName);
        return new NodeKeys([DevelopmentKey.Entry(kept)], kept, $"for development, kept in {file}: tenant default, all scopes");
    }
}
