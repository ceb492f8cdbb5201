using StackExchange.Redis;

namespace Footprint.Grid.Grains.Knowledge;

/// <summary>Where a shard of a tenant's knowledge is kept.</summary>
internal sealed class KnowledgeKeys(string tenant, int shard)
{
    /// <summary>Hash by item id: a StoredLearnedItem.</summary>
    public RedisKey Items { get; } = $"fg:knowledge:{tenant}:{shard}";

    /// <summary>List: the entries of the log that are not in the items yet.</summary>
    public RedisKey Log { get; } = $"fg:knowledge:{tenant}:{shard}:j";

    /// <summary>Number of the last entry.</summary>
    public RedisKey Last { get; } = $"fg:knowledge:{tenant}:{shard}:n";

    /// <summary>A StoredKnowledgeShard.</summary>
    public RedisKey Head { get; } = $"fg:knowledge:{tenant}:{shard}:h";
}
