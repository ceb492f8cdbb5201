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
/// <item><c>fg:definitions:TENANT</c>: hash, field <c>kind:id</c>; <c>fg:definitions:TENANT:v</c>: their version</item>
/// <item><c>fg:knowledge</c>: hash by tenant</item>
/// <item><c>fg:quarantine</c>: hash, field <c>tenant/kind/id</c></item>
/// </list>
/// </remarks>
internal static class RedisKeys
{
    public static readonly RedisKey Owner = "fg:owner";
    public static readonly RedisKey Epoch = "fg:epoch";
    public static readonly RedisKey Appended = "fg:appended";
    public static readonly RedisKey Knowledge = "fg:knowledge";
    public static readonly RedisKey Quarantine = "fg:quarantine";

    public static RedisKey Checkpoint(ClientKey client) => string.Concat("fg:{", client.Tenant, "/", client.ClientId) + "}";

    public static RedisKey Journal(ClientKey client) => string.Concat("fg:{", client.Tenant, "/", client.ClientId) + "}:j";

    public static RedisKey Definitions(string tenant) => "fg:definitions:" + tenant;

    public static RedisKey Version(string tenant) => "fg:definitions:" + tenant + ":v";
}
