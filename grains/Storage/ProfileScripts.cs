namespace Footprint.Grid.Grains.Storage;

/// <summary>The scripts on one client's checkpoint and journal that grain storage has no call for.</summary>
internal static class ProfileScripts
{
    /// <summary>
    /// KEYS checkpoint, journal. Gives what a hash of exactly <c>etag</c> and <c>data</c> is missing (0: it is one, 1:
    /// nothing there, 2: something else), the etag, the data where it is something else, and the journal's entries (or
    /// nothing, when it is no list).
    /// </summary>
    public const string Look = """
        local kind = redis.call('TYPE', KEYS[1]).ok
        local listed = redis.call('TYPE', KEYS[2]).ok
        local journal = false
        if listed == 'list' then journal = redis.call('LRANGE', KEYS[2], 0, -1) elseif listed == 'none' then journal = {} end
        if kind == 'none' then return { 1, '', '', journal } end
        if kind ~= 'hash' then return { 2, '', '', journal } end
        local fields = redis.call('HMGET', KEYS[1], 'etag', 'data')
        if redis.call('HLEN', KEYS[1]) == 2 and fields[1] and fields[2] then return { 0, fields[1], '', journal } end
        return { 2, fields[1] or '', fields[2] or '', journal }
        """;

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
