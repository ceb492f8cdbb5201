using StackExchange.Redis;

namespace Footprint.Grid.Grains.Storage;

/// <summary>What is kept under which key; the same as a node's, see docs/storage.md.</summary>
internal static class GridKeys
{
    public const string CheckpointPrefix = "fg:{";
    public const string CheckpointSuffix = "}";
    public const string JournalSuffix = "}:j";

    public static readonly RedisKey Owner = "fg:owner";
    public static readonly RedisKey Epoch = "fg:epoch";

    /// <summary>The last segment that a node appended; a new owner begins to count anew.</summary>
    public static readonly RedisKey Appended = "fg:appended";
    public static readonly RedisKey Knowledge = "fg:knowledge";
    public static readonly RedisKey Quarantine = "fg:quarantine";

    /// <param name="client"><c>tenant/client_id</c>.</param>
    public static RedisKey Checkpoint(string client) => string.Concat(CheckpointPrefix, client, CheckpointSuffix);

    /// <inheritdoc cref="Checkpoint"/>
    public static RedisKey Journal(string client) => string.Concat(CheckpointPrefix, client, JournalSuffix);

    public static RedisKey Definitions(string tenant) => "fg:definitions:" + tenant;

    public static RedisKey Version(string tenant) => "fg:definitions:" + tenant + ":v";
}
