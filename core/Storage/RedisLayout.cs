using Footprint.Grid.Engine;

namespace Footprint.Grid.Core.Storage;

/// <summary>
/// What is kept in Redis under which key, the same for a node and for a cluster, so that either can go on from what the
/// other left.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item><c>fg:{tenant/client}</c>: hash, the checkpoint; fields <c>etag</c> and <c>data</c></item>
/// <item><c>fg:{tenant/client}:j</c>: list, its journal entries since</item>
/// <item><c>fg:owner</c>: who may write, until its lease ends; <c>fg:epoch</c>: how often that changed;
/// <c>fg:appended</c>: the number of a node's last segment in the journals; a new owner begins to count anew</item>
/// <item><c>fg:tombstone:KEY</c>: string, what is left of an erased client, under a keyed hash of its id; <c>fg:secret-check</c>: tells the hash's secret from others</item>
/// <item><c>fg:definitions:TENANT</c>: hash, field <c>kind:id</c>; <c>fg:definitions:TENANT:v</c>: their version</item>
/// <item><c>fg:knowledge</c>: hash by tenant, a node's; <c>fg:knowledge:TENANT:SHARD</c> and what follows it: a cluster's</item>
/// <item><c>fg:budgets:TENANT</c>: hash by campaign</item>
/// <item><c>fg:quarantine</c>: hash, field <c>tenant/kind/id</c></item>
/// </list>
/// </remarks>
public static class RedisLayout
{
    public const string Owner = "fg:owner";
    public const string Epoch = "fg:epoch";
    public const string Appended = "fg:appended";
    public const string SecretCheck = "fg:secret-check";
    public const string Knowledge = "fg:knowledge";
    public const string Quarantine = "fg:quarantine";

    /// <summary>Matches the keys of clients and no others.</summary>
    public const string AnyClient = ClientStart + "*";

    private const string ClientStart = "fg:{";
    private const string CheckpointEnd = "}";
    private const string JournalEnd = "}:j";

    public static string Checkpoint(ClientKey client) => $"{ClientStart}{client.Tenant}/{client.ClientId}{CheckpointEnd}";

    /// <param name="client"><c>tenant/client_id</c>.</param>
    public static string Checkpoint(string client) => string.Concat(ClientStart, client, CheckpointEnd);

    public static string Journal(ClientKey client) => $"{ClientStart}{client.Tenant}/{client.ClientId}{JournalEnd}";

    /// <inheritdoc cref="Checkpoint(string)"/>
    public static string Journal(string client) => string.Concat(ClientStart, client, JournalEnd);

    /// <summary>Whose checkpoint or journal that is; null when it is neither. A tenant's name holds no slash; an id may hold anything.</summary>
    public static ClientKey? Client(string key)
    {
        string? end = key.EndsWith(JournalEnd, StringComparison.Ordinal) ? JournalEnd
            : key.EndsWith(CheckpointEnd, StringComparison.Ordinal) ? CheckpointEnd : null;
        int slash = key.IndexOf('/', StringComparison.Ordinal);
        return end is null || slash < 0 ? null : new ClientKey(key[ClientStart.Length..slash], key[(slash + 1)..^end.Length]);
    }

    public static string Tombstone(byte[] key) => "fg:tombstone:" + Convert.ToHexStringLower(key);

    public static string Definitions(string tenant) => "fg:definitions:" + tenant;

    public static string Version(string tenant) => "fg:definitions:" + tenant + ":v";

    public static string Budgets(string tenant) => "fg:budgets:" + tenant;

    /// <summary>What one shard of a tenant's knowledge is kept under in a cluster, and what follows that with a suffix.</summary>
    public static string KnowledgeShard(string tenant, int shard) => $"{Knowledge}:{tenant}:{shard}";

    /// <summary>The field of <see cref="Quarantine"/> that a record is kept under.</summary>
    public static string QuarantineField(string tenant, string kind, string id) => $"{tenant}/{kind}/{id}";
}
