using Footprint.Grid.Engine;
using StackExchange.Redis;

namespace Footprint.Grid.Embedded.Stores.Redis;

/// <summary>What is kept under which key.</summary>
/// <remarks>
/// <list type="bullet">
/// <item><c>fg:{tenant/client}</c>: hash, the checkpoint; fields <c>etag</c> and <c>data</c></item>
/// <item><c>fg:{tenant/client}:j</c>: list, its journal entries since</item>
/// <item><c>fg:owner</c>: who may write, until its lease ends; <c>fg:epoch</c>: how often that changed;
/// <c>fg:appended</c>: the number of the owner's last segment in the journals</item>
/// <item><c>fg:tombstone:KEY</c>: string, what is left of an erased client, under a keyed hash of its id; <c>fg:secret-check</c>: tells the hash's secret from others</item>
/// <item><c>fg:definitions:TENANT</c>: hash, field <c>kind:id</c>; <c>fg:definitions:TENANT:v</c>: their version</item>
/// <item><c>fg:knowledge</c>: hash by tenant</item>
/// <item><c>fg:budgets:TENANT</c>: hash by campaign</item>
/// <item><c>fg:quarantine</c>: hash, field <c>tenant/kind/id</c></item>
/// </list>
/// </remarks>
internal static class RedisKeys
{
    private const string JournalEnd = "}:j";

    public static readonly RedisKey Owner = "fg:owner";
    public static readonly RedisKey Epoch = "fg:epoch";
    public static readonly RedisKey Appended = "fg:appended";
    public static readonly RedisKey Knowledge = "fg:knowledge";
    public static readonly RedisKey Quarantine = "fg:quarantine";

    public static RedisKey Checkpoint(ClientKey client) => $"fg:{{{client.Tenant}/{client.ClientId}}}";

    public static RedisKey Journal(ClientKey client) => $"fg:{{{client.Tenant}/{client.ClientId}}}:j";

    public static readonly RedisKey SecretCheck = "fg:secret-check";

    /// <summary>Matches the keys of clients and no others.</summary>
    public const string AnyClient = "fg:{*";

    /// <summary>Whose checkpoint or journal that is. A tenant's name holds no slash; an id may hold anything.</summary>
    public static ClientKey Client(string key)
    {
        int end = key.EndsWith(JournalEnd, StringComparison.Ordinal) ? key.Length - JournalEnd.Length : key.Length - 1;
        int slash = key.IndexOf('/', StringComparison.Ordinal);
        return new ClientKey(key[(AnyClient.Length - 1)..slash], key[(slash + 1)..end]);
    }

    public static RedisKey Tombstone(byte[] key) => "fg:tombstone:" + Convert.ToHexStringLower(key);

    public static RedisKey Definitions(string tenant) => "fg:definitions:" + tenant;

    public static RedisKey Budgets(string tenant) => "fg:budgets:" + tenant;

    public static RedisKey Version(string tenant) => "fg:definitions:" + tenant + ":v";
}
