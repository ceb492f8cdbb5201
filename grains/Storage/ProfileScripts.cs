namespace Footprint.Grid.Grains.Storage;

/// <summary>The scripts on one client's checkpoint and journal that grain storage has no call for.</summary>
internal static class ProfileScripts
{
    /// <summary>
    /// KEYS checkpoint, journal, tombstone. Gives what a hash of exactly <c>etag</c> and <c>data</c> is missing (0: it is
    /// one, 1: nothing there, 2: something else), the etag, the data where it is something else or the tombstone where
    /// nothing is, and the journal's entries (or nothing, when it is no list).
    /// </summary>
    public const string Look = """
        local kind = redis.call('TYPE', KEYS[1]).ok
        local listed = redis.call('TYPE', KEYS[2]).ok
        local journal = false
        if listed == 'list' then journal = redis.call('LRANGE', KEYS[2], 0, -1) elseif listed == 'none' then journal = {} end
        if kind == 'none' then return { 1, '', redis.call('GET', KEYS[3]) or '', journal } end
        if kind ~= 'hash' then return { 2, '', '', journal } end
        local fields = redis.call('HMGET', KEYS[1], 'etag', 'data')
        if redis.call('HLEN', KEYS[1]) == 2 and fields[1] and fields[2] then return { 0, fields[1], '', journal } end
        return { 2, fields[1] or '', fields[2] or '', journal }
        """;

    /// <summary>
    /// KEYS checkpoint, journal, tombstone from 3. ARGV the etag it gets, length, the tombstone there is, the data from 3.
    /// Writes a client's first checkpoint and drops the journal that it holds, unless somebody else wrote or erased the
    /// client. 1 when it is there, by this or an earlier call; 0 when somebody else wrote.
    /// </summary>
    /// <remarks>Grain storage would write it where nothing is, and so bring back who was erased meanwhile.</remarks>
    public const string Begin = """
        if redis.call('HGET', KEYS[3], 'etag') == ARGV[3] then return 1 end
        if redis.call('EXISTS', KEYS[3]) == 1 or redis.call('LLEN', KEYS[4]) ~= tonumber(ARGV[4]) then return 0 end
        if (redis.call('GET', KEYS[5]) or '') ~= ARGV[5] then return 0 end
        redis.call('HSET', KEYS[3], 'etag', ARGV[3], 'data', ARGV[6])
        redis.call('DEL', KEYS[4])
        return 1
        """;

    /// <summary>
    /// KEYS checkpoint, journal, tombstone, quarantine from 3. ARGV etag, length, the tombstone there is, the one to
    /// write, the client's field in quarantine from 3. Leaves the tombstone alone of an erased client. 1 when that is so,
    /// by this or an earlier call; 0 when somebody else wrote meanwhile.
    /// </summary>
    public const string Bury = """
        local etag, length = redis.call('HGET', KEYS[3], 'etag') or '', redis.call('LLEN', KEYS[4])
        local tombstone = redis.call('GET', KEYS[5]) or ''
        if etag == '' and length == 0 and tombstone == ARGV[6] then return 1 end
        if etag ~= ARGV[3] or length ~= tonumber(ARGV[4]) then return 0 end
        if etag == '' and tombstone ~= ARGV[5] then return 0 end
        redis.call('SET', KEYS[5], ARGV[6])
        redis.call('DEL', KEYS[3], KEYS[4])
        redis.call('HDEL', KEYS[6], ARGV[7])
        return 1
        """;

    /// <summary>KEYS quarantine from 3. ARGV the client's field from 3.</summary>
    public const string Release = "return redis.call('HDEL', KEYS[3], ARGV[3])";

    /// <summary>
    /// KEYS checkpoint, journal from 3. ARGV etag, length from 3. Drops the journal that the checkpoint holds, if both are
    /// as they were left. 1 when it is gone, 0 when somebody else wrote meanwhile.
    /// </summary>
    public const string Trim = """
        if (redis.call('HGET', KEYS[3], 'etag') or '') ~= ARGV[3] then return 0 end
        local length = redis.call('LLEN', KEYS[4])
        if length == 0 then return 1 end
        if length ~= tonumber(ARGV[4]) then return 0 end
        redis.call('DEL', KEYS[4])
        return 1
        """;

    /// <summary>KEYS checkpoint, journal from 3. Removes what is in quarantine already.</summary>
    public const string Remove = "return redis.call('DEL', KEYS[3], KEYS[4])";
}
