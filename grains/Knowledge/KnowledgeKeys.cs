using Footprint.Grid.Core.Storage;
using StackExchange.Redis;

namespace Footprint.Grid.Grains.Knowledge;

/// <summary>Where a shard of a tenant's knowledge is kept.</summary>
internal sealed class KnowledgeKeys(string tenant, int shard)
{
    /// <summary>Hash by item id: a StoredLearnedItem.</summary>
    public RedisKey Items { get; } = RedisLayout.KnowledgeShard(tenant, shard);

    /// <summary>List: the entries of the log that are not in the items yet.</summary>
    public RedisKey Log { get; } = RedisLayout.KnowledgeShard(tenant, shard) + ":j";

    /// <summary>Number of the last entry.</summary>
    public RedisKey Last { get; } = RedisLayout.KnowledgeShard(tenant, shard) + ":n";

    /// <summary>A StoredKnowledgeShard.</summary>
    public RedisKey Head { get; } = RedisLayout.KnowledgeShard(tenant, shard) + ":h";
}
