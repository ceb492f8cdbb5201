using System.Globalization;
using Footprint.Grid.Core.Learning;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Storage;
using Footprint.Grid.Grains.Storage;
using Footprint.Grid.Storage.V1;
using Google.Protobuf;
using StackExchange.Redis;

namespace Footprint.Grid.Grains.Knowledge;

/// <summary>
/// One shard of a tenant's knowledge in Redis: a log of deltas, and items that hold the log up to some entry each. Every
/// write says which entry it takes for the last one, so a grain that is not the only one of its kind writes nothing.
/// </summary>
internal sealed class KnowledgeStore(IGridRedis redis, string tenant, int shard)
{
    public const int ItemsAtOnce = 500;

    private const string Check = """
        if (redis.call('GET', KEYS[3]) or '0') ~= ARGV[3] then return 0 end

        """;

    private const string Append = Check + """
        for i = 4, #ARGV do redis.call('RPUSH', KEYS[4], ARGV[i]) end
        redis.call('SET', KEYS[3], string.format('%.0f', tonumber(ARGV[3]) + #ARGV - 3))
        return 1
        """;

    private const string PutItems = Check + """
        for i = 4, #ARGV, 2 do redis.call('HSET', KEYS[4], ARGV[i], ARGV[i + 1]) end
        return 1
        """;

    private const string RemoveItems = Check + """
        for i = 4, #ARGV do redis.call('HDEL', KEYS[4], ARGV[i]) end
        return 1
        """;

    private const string PutHead = Check + """
        redis.call('SET', KEYS[4], ARGV[4])
        redis.call('LTRIM', KEYS[5], ARGV[5], -1)
        return 1
        """;

    private const string Begin = Check + """
        redis.call('SET', KEYS[4], ARGV[4])
        redis.call('SET', KEYS[3], '1')
        return 1
        """;

    private readonly KnowledgeKeys _keys = new(tenant, shard);

    /// <summary>Changes when somebody else may have written meanwhile.</summary>
    public long Epoch => redis.Epoch;

    public int Shard => shard;

    /// <summary>The head (null when nothing was ever kept here), the number of the last entry, and the entries that are not in the items.</summary>
    /// <exception cref="StoreException">It cannot be read.</exception>
    /// <exception cref="CorruptRecordException">The head is not one.</exception>
    public async Task<(StoredKnowledgeShard? Head, ulong Last, byte[][] Log)> ReadAsync(CancellationToken cancel)
    {
        const int attempts = 10;
        for (int i = 0; i < attempts; i++)
        {
            RedisValue head = await redis.ReadAsync(r => r.StringGetAsync(_keys.Head), cancel);
            RedisValue[] log = await redis.ReadAsync(r => r.ListRangeAsync(_keys.Log), cancel);
            RedisValue last = await redis.ReadAsync(r => r.StringGetAsync(_keys.Last), cancel);
            RedisValue again = await redis.ReadAsync(r => r.StringGetAsync(_keys.Head), cancel);
            ulong number = last.IsNull ? 0 : ulong.Parse((string)last!, CultureInfo.InvariantCulture);
            StoredKnowledgeShard? parsed = head.IsNull ? null : Parse((byte[])head!);
            if (head == again && (parsed?.Folded ?? 0) + (ulong)log.Length == number)
            {
                return (parsed, number, [.. log.Select(e => (byte[])e!)]);
            }
        }

        throw new StoreException($"Shard {shard} of the knowledge of tenant {tenant} changes all the time, or its log does not fit its head.");
    }

    /// <summary>False when the last entry is another; nothing was written then.</summary>
    public async Task<bool> TryAppendAsync(ulong last, IReadOnlyList<byte[]> deltas, CancellationToken cancel) =>
        await WriteAsync(Append, last, [_keys.Log], [.. deltas.Select(d => (RedisValue)d)], cancel);

    /// <summary>False when the last entry is another; nothing was written then.</summary>
    public async Task<bool> TryPutAsync(ulong last, IReadOnlyList<(string Id, StoredLearnedItem Item)> items, CancellationToken cancel)
    {
        var values = new RedisValue[2 * items.Count];
        for (int i = 0; i < items.Count; i++)
        {
            values[2 * i] = items[i].Id;
            values[(2 * i) + 1] = items[i].Item.ToByteArray();
        }

        return await WriteAsync(PutItems, last, [_keys.Items], values, cancel);
    }

    /// <summary>False when the last entry is another; nothing was removed then.</summary>
    public Task<bool> TryRemoveAsync(ulong last, IReadOnlyList<string> ids, CancellationToken cancel) =>
        WriteAsync(RemoveItems, last, [_keys.Items], [.. ids.Select(id => (RedisValue)id)], cancel);

    /// <summary>How many items are kept.</summary>
    public Task<long> CountItemsAsync(CancellationToken cancel) => redis.ReadAsync(r => r.HashLengthAsync(_keys.Items), cancel);

    /// <summary>Says that the items hold everything up to <c>head.Folded</c>, and drops that many entries of the log.</summary>
    public Task<bool> TryPutHeadAsync(ulong last, StoredKnowledgeShard head, int dropped, CancellationToken cancel) =>
        WriteAsync(PutHead, last, [_keys.Head, _keys.Log], [head.ToByteArray(), dropped], cancel);

    /// <summary>Makes items that were put before any entry the first entry, so that whoever follows reads them.</summary>
    public Task<bool> TryBeginAsync(StoredKnowledgeShard head, CancellationToken cancel) =>
        WriteAsync(Begin, 0, [_keys.Head], [head.ToByteArray()], cancel);

    /// <summary>Those of the items that are kept.</summary>
    public async Task<IReadOnlyList<(string Id, StoredLearnedItem Item)>> ReadItemsAsync(IReadOnlyList<string> ids, CancellationToken cancel)
    {
        RedisValue[] found = await redis.ReadAsync(r => r.HashGetAsync(_keys.Items, [.. ids.Select(id => (RedisValue)id)]), cancel);
        var items = new List<(string, StoredLearnedItem)>(found.Length);
        for (int i = 0; i < found.Length; i++)
        {
            if (!found[i].IsNull)
            {
                items.Add((ids[i], StoredLearnedItem.Parser.ParseFrom((byte[])found[i]!)));
            }
        }

        return items;
    }

    /// <summary>About <see cref="ItemsAtOnce"/> items from a cursor on, 0 at first, and where to go on; 0 when all were given.</summary>
    public async Task<(string Next, RedisValue[] Page)> ReadPageAsync(string cursor, CancellationToken cancel)
    {
        RedisResult page = await redis.ReadAsync(r => r.ExecuteAsync("HSCAN", [_keys.Items, cursor, "COUNT", ItemsAtOnce]), cancel);
        return ((string)page[0]!, (RedisValue[])page[1]!);
    }

    /// <summary>Gives the items of a page.</summary>
    public static void ReadItems(RedisValue[] page, Action<string, StoredLearnedItem> take)
    {
        for (int i = 0; i + 1 < page.Length; i += 2)
        {
            take((string)page[i]!, StoredLearnedItem.Parser.ParseFrom((byte[])page[i + 1]!));
        }
    }

    /// <summary>This shard's items of what a node saved, and a head with its counts; null when no node saved any of either.</summary>
    /// <exception cref="CorruptRecordException">What is saved is not knowledge.</exception>
    public async Task<(StoredKnowledgeShard Head, List<(string Id, StoredLearnedItem Item)> Items)?> ReadOfNodeAsync(CancellationToken cancel)
    {
        RedisValue saved = await redis.ReadAsync(r => r.HashGetAsync(RedisLayout.Knowledge, tenant), cancel);
        var items = new List<(string, StoredLearnedItem)>();
        if (saved.IsNull)
        {
            return null;
        }

        byte[] bytes = (byte[])saved!;
        var knowledge = KnowledgeBase.Load(bytes);
        StoredKnowledge stored = StoredKnowledge.Parser.ParseFrom(bytes);
        foreach (StoredItemKnowledge item in stored.Items)
        {
            if (KnowledgeGatherer.Shard(item.ItemId) == shard && knowledge.Save(item.ItemId) is { } own)
            {
                items.Add((item.ItemId, own));
            }
        }

        foreach (StoredOutcomes placement in stored.Placements)
        {
            string key = KnowledgeBase.KeyOfPlacement(placement.Placement);
            if (KnowledgeGatherer.Shard(key) == shard && knowledge.Save(key) is { } own)
            {
                items.Add((key, own));
            }
        }

        var head = new StoredKnowledgeShard();
        knowledge.SaveCounts(shard, head);
        return items.Count > 0 || head.CalculateSize() > 0 ? (head, items) : null;
    }

    private static StoredKnowledgeShard Parse(byte[] head)
    {
        try
        {
            return StoredKnowledgeShard.Parser.ParseFrom(head);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new CorruptRecordException("The head of a shard of knowledge cannot be read.", e);
        }
    }

    private async Task<bool> WriteAsync(string script, ulong last, RedisKey[] keys, RedisValue[] values, CancellationToken cancel) =>
        (long)await redis.WriteAsync(
            script,
            [default, default, _keys.Last, .. keys],
            [default, default, last.ToString(CultureInfo.InvariantCulture), .. values],
            cancel) == 1;
}
