namespace Footprint.Grid.Grains.Storage;

/// <summary>
/// The scripts by which all silos of a cluster together own a Redis: one token for all of them. A node asks for the same
/// key with a token of its own, so the two never write at once.
/// </summary>
internal static class OwnerScripts
{
    /// <summary>Opens every script that writes; <see cref="GridRedis"/> puts it there. KEYS owner, epoch. ARGV token, epoch.</summary>
    public const string Fence = """
        if redis.call('GET', KEYS[1]) ~= ARGV[1] or redis.call('GET', KEYS[2]) ~= ARGV[2] then return redis.error_reply('NOTOWNER') end

        """;

    /// <summary>
    /// KEYS owner, epoch, appended. ARGV token, lease in ms, the epoch known (0 when none). Gives the epoch, or 0 when
    /// somebody else owns the Redis. An owner key that ran out is taken up under the same epoch when nobody had it since.
    /// </summary>
    public const string Hold = """
        local owner = redis.call('GET', KEYS[1])
        if owner and owner ~= ARGV[1] then return 0 end
        redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
        local epoch = redis.call('GET', KEYS[2])
        if epoch and (owner or epoch == ARGV[3]) then return tonumber(epoch) end
        redis.call('SET', KEYS[3], '0')
        return redis.call('INCR', KEYS[2])
        """;

    /// <summary>KEYS secret check from 3. ARGV check from 3. Gives the check that is kept, this one where none was.</summary>
    public const string KeepSecretCheck = """
        redis.call('SETNX', KEYS[3], ARGV[3])
        return redis.call('GET', KEYS[3])
        """;

    /// <summary>KEYS owner. ARGV token.</summary>
    public const string Release = """
        if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
        return 1
        """;
}
