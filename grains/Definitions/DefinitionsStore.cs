using System.Globalization;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Core.Storage;
using Footprint.Grid.Grains.Storage;
using StackExchange.Redis;

namespace Footprint.Grid.Grains.Definitions;

/// <summary>
/// Definitions in Redis, laid out as a node has them: a hash of rows by <c>kind:id</c>, and their version. What a campaign spent
/// goes with it, so that one of the same id begins anew.
/// </summary>
internal sealed class DefinitionsStore(IGridRedis redis, TimeProvider time)
{
    private const int RowsAtOnce = 4096;

    private const string Define = """
        if (redis.call('GET', KEYS[4]) or '0') ~= ARGV[3] then return 0 end
        for i = 6, #ARGV, 2 do
            if string.sub(ARGV[i], 1, #ARGV[5]) == ARGV[5] and (ARGV[i + 1] == '' or redis.call('HEXISTS', KEYS[3], ARGV[i]) == 0) then
                redis.call('HDEL', KEYS[5], string.sub(ARGV[i], #ARGV[5] + 1))
            end
            if ARGV[i + 1] == '' then redis.call('HDEL', KEYS[3], ARGV[i]) else redis.call('HSET', KEYS[3], ARGV[i], ARGV[i + 1]) end
        end
        redis.call('SET', KEYS[4], ARGV[4])
        return 1
        """;

    /// <summary>Changes when somebody else may have written meanwhile.</summary>
    public long Epoch => redis.Epoch;

    /// <exception cref="StoreException">Redis cannot be read.</exception>
    public async Task<ulong> ReadVersionAsync(string tenant, CancellationToken cancel)
    {
        RedisValue version = await redis.ReadAsync(r => r.StringGetAsync(RedisLayout.Version(tenant)), cancel);
        return version.IsNull ? 0 : ulong.Parse((string)version!, CultureInfo.InvariantCulture);
    }

    /// <summary>Gives all rows, a part at a time. Rows that change meanwhile come as they were or as they are, or twice.</summary>
    /// <exception cref="StoreException">Redis cannot be read.</exception>
    public async Task ReadAsync(string tenant, Action<IReadOnlyList<DefinitionRow>> take, CancellationToken cancel)
    {
        RedisKey key = RedisLayout.Definitions(tenant);
        string cursor = "0";
        do
        {
            string at = cursor;
            RedisResult page = await redis.ReadAsync(r => r.ExecuteAsync("HSCAN", [key, at, "COUNT", RowsAtOnce]), cancel);
            cursor = (string)page[0]!;
            var fields = (RedisValue[])page[1]!;
            var rows = new List<DefinitionRow>(fields.Length / 2);
            for (int i = 0; i + 1 < fields.Length; i += 2)
            {
                rows.Add(DefinitionRow.Named((string)fields[i]!, (byte[])fields[i + 1]!));
            }

            take(rows);
        }
        while (cursor != "0");
    }

    /// <summary>False when the definitions are at another version; nothing was written then.</summary>
    /// <exception cref="StoreException">It may have been done or not.</exception>
    /// <exception cref="NotOwnerException">It was not done.</exception>
    public async Task<bool> TryWriteAsync(string tenant, ulong from, ulong to, IReadOnlyList<DefinitionRow> rows, CancellationToken cancel)
    {
        const int First = 5;
        var values = new RedisValue[First + (2 * rows.Count)];
        values[2] = from.ToString(CultureInfo.InvariantCulture);
        values[3] = to.ToString(CultureInfo.InvariantCulture);
        values[4] = new DefinitionRow(DefinitionKind.Campaign, "", null).Name;
        for (int i = 0; i < rows.Count; i++)
        {
            values[First + (2 * i)] = rows[i].Name;
            values[First + 1 + (2 * i)] = rows[i].Data ?? [];
        }

        RedisKey[] keys = [default, default, RedisLayout.Definitions(tenant), RedisLayout.Version(tenant), RedisLayout.Budgets(tenant)];
        return (long)await redis.WriteAsync(Define, keys, values, cancel) == 1;
    }

    /// <summary>Sets a row that cannot be read aside, so that an operator finds it whatever becomes of the row.</summary>
    public Task QuarantineAsync(string tenant, DefinitionRow row, string reason, CancellationToken cancel)
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return redis.QuarantineAsync(new QuarantineRecord(tenant, "definition", $"{row.Kind} {row.Id}", reason, now, row.Data ?? []), cancel);
    }
}
