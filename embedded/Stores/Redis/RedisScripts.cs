namespace Footprint.Grid.Embedded.Stores.Redis;

/// <summary>
/// The scripts that write. Each begins by asking for the owner key: a process that lost its lease writes nothing, even if
/// it does not know yet. One call takes many clients, so the keys of all of them must be on one server: not a cluster.
/// </summary>
internal static class RedisScripts
{
    /// <summary>KEYS owner, epoch, appended. ARGV token, lease in ms. Gives the epoch, or 0 when somebody else owns the store.</summary>
    public const string Acquire = """
        local owner = redis.call('GET', KEYS[1])
        if owner and owner ~= ARGV[1] then return 0 end
        redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
        redis.call('SET', KEYS[3], '0')
        return redis.call('INCR', KEYS[2])
        """;

    /// <summary>KEYS owner, epoch. ARGV token, lease in ms, epoch. 1 when the lease is ours, anew if need be: as long as the epoch is, nobody else wrote.</summary>
    public const string Renew = """
        local owner = redis.call('GET', KEYS[1])
        if owner and owner ~= ARGV[1] then return 0 end
        if redis.call('GET', KEYS[2]) ~= ARGV[3] then return 0 end
        redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
        return 1
        """;

    /// <summary>KEYS owner. ARGV token.</summary>
    public const string Release = """
        if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
        return 1
        """;

    /// <summary>
    /// KEYS owner, appended, then checkpoint and journal of each client. ARGV token, numbers of the first and the last
    /// segment, then for each client its etag, how many entries, and the entries. A script is done whole or not at all,
    /// so one number, that of the last segment appended, tells whether a repeat still has something to do. Gives the
    /// places of clients whose checkpoint has another etag; nothing was appended then.
    /// </summary>
    public const string Append = """
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then return redis.error_reply('NOTOWNER') end
        local done = tonumber(redis.call('GET', KEYS[2]) or '-1')
        if done >= tonumber(ARGV[3]) then return {} end
        if done ~= 0 and done ~= tonumber(ARGV[2]) - 1 then return redis.error_reply('LOSTWRITES') end
        local conflicts = {}
        local at = 4
        for k = 3, #KEYS, 2 do
            if (redis.call('HGET', KEYS[k], 'etag') or '') ~= ARGV[at] then conflicts[#conflicts + 1] = (k - 3) / 2 end
            at = at + 2 + tonumber(ARGV[at + 1])
        end
        if #conflicts > 0 then return conflicts end
        at = 4
        for k = 4, #KEYS, 2 do
            local count = tonumber(ARGV[at + 1])
            at = at + 2
            if count == 1 then
                redis.call('RPUSH', KEYS[k], ARGV[at])
            else
                for i = at, at + count - 1, 1000 do
                    redis.call('RPUSH', KEYS[k], unpack(ARGV, i, math.min(i + 999, at + count - 1)))
                end
            end
            at = at + count
        end
        redis.call('SET', KEYS[2], ARGV[3])
        return conflicts
        """;

    /// <summary>
    /// KEYS owner, then checkpoint and journal of each client. ARGV token, then for each client the etag it has, the
    /// one it gets, the sequence that the checkpoint holds, and its bytes. Gives the places of clients with another etag.
    /// </summary>
    public const string Save = Sequence + """
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then return redis.error_reply('NOTOWNER') end
        local conflicts = {}
        local at = 2
        for k = 2, #KEYS, 2 do
            local etag = redis.call('HGET', KEYS[k], 'etag') or ''
            if etag ~= ARGV[at] and etag ~= ARGV[at + 1] then
                conflicts[#conflicts + 1] = k / 2 - 1
            else
                redis.call('HMSET', KEYS[k], 'etag', ARGV[at + 1], 'data', ARGV[at + 3])
                local first = redis.call('LINDEX', KEYS[k + 1], 0)
                while first and not sequence(first) do
                    redis.call('LPOP', KEYS[k + 1])
                    first = redis.call('LINDEX', KEYS[k + 1], 0)
                end
                if first then
                    local held = tonumber(ARGV[at + 2]) - sequence(first) + 1
                    if held > 0 then redis.call('LTRIM', KEYS[k + 1], held, -1) end
                end
            end
            at = at + 4
        end
        return conflicts
        """;

    /// <summary>
    /// KEYS owner, checkpoint, journal, tombstone. ARGV token, the etag it has, the sequence that the tombstone holds, its
    /// bytes. 0 when the checkpoint has another etag.
    /// </summary>
    public const string Bury = Sequence + """
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then return redis.error_reply('NOTOWNER') end
        local etag = redis.call('HGET', KEYS[2], 'etag')
        if etag and etag ~= ARGV[2] then return 0 end
        redis.call('SET', KEYS[4], ARGV[4])
        redis.call('DEL', KEYS[2])
        local first = redis.call('LINDEX', KEYS[3], 0)
        while first and (not sequence(first) or sequence(first) <= tonumber(ARGV[3])) do
            redis.call('LPOP', KEYS[3])
            first = redis.call('LINDEX', KEYS[3], 0)
        end
        return 1
        """;

    /// <summary>KEYS owner, rows, version. ARGV token, version before, version after, then field and bytes of each row; empty bytes delete. 0 when the version is another.</summary>
    public const string Define = """
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then return redis.error_reply('NOTOWNER') end
        if (redis.call('GET', KEYS[3]) or '0') ~= ARGV[2] then return 0 end
        for i = 4, #ARGV, 2 do
            if ARGV[i + 1] == '' then redis.call('HDEL', KEYS[2], ARGV[i]) else redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1]) end
        end
        redis.call('SET', KEYS[3], ARGV[3])
        return 1
        """;

    /// <summary>KEYS owner, a hash. ARGV token, then fields and bytes.</summary>
    public const string Put = """
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then return redis.error_reply('NOTOWNER') end
        for i = 2, #ARGV, 2 do
            if ARGV[i + 1] == '' then redis.call('HDEL', KEYS[2], ARGV[i]) else redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1]) end
        end
        return 1
        """;

    /// <summary>
    /// The sequence that a journal entry begins with: tag 8, then a variable-length number, exact up to 2^53. Nothing
    /// when it does not begin like one, as only entries in quarantine do.
    /// </summary>
    private const string Sequence = """
        local function sequence(entry)
            if string.byte(entry, 1) ~= 8 then return nil end
            local value, scale, i = 0, 1, 2
            while true do
                local byte = string.byte(entry, i)
                if not byte or i > 10 then return nil end
                value = value + (byte % 128) * scale
                if byte < 128 then return value end
                scale = scale * 128
                i = i + 1
            end
        end

        """;
}
