using Footprint.Grid.Api.Options;

namespace Footprint.Grid.Node.Options;

/// <summary>The options of the node: those that executables share and its own.</summary>
internal static class NodeRows
{
    public static readonly OptionRow Data = OptionRow.Text(
        "data", "data", "DIR", "Folder for the SQLite files, the secret and the development key; made when missing.", "a folder that can be written");

    public static readonly OptionRow Store = OptionRow.Choice(
        "store", "sqlite", "Where profiles and definitions are kept.", "sqlite", "redis", "memory");

    public static readonly OptionRow Redis = OptionRow.Text(
        "redis", null, "HOST:PORT", "The Redis server; chooses the Redis store when --store is not given.", HostAddress.Limit);

    public static readonly OptionRow ResidentProfiles = OptionRow.Number(
        "resident-profiles", 1_000_000, 16, 100_000_000, "Profiles kept in memory; idle ones beyond this leave it and come back on demand.");

    public static readonly OptionRow ResidentMib = OptionRow.Number(
        "resident-mib", 1_024, 1, 1_048_576, "Memory for profiles in MiB, by their stored size; a warm profile takes up to three times that.");

    public static readonly OptionTable Table =
        new("node", [Data, Store, Redis, ResidentProfiles, ResidentMib, .. HostRows.OfDecisionLog, .. HostRows.OfEndpoints, .. HostRows.OfProcess]);
}
