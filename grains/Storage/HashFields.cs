using StackExchange.Redis;

namespace Footprint.Grid.Grains.Storage;

/// <summary>Writes single fields of hashes, saying what they take to be there.</summary>
internal static class HashFields
{
    private const string Replace = """
        if (redis.call('HGET', KEYS[3], ARGV[3]) or '') ~= ARGV[4] then return 0 end
        redis.call('HSET', KEYS[3], ARGV[3], ARGV[5])
        return 1
        """;

    /// <summary>Puts the bytes in place of those before, which are empty where there were none; false when others are there.</summary>
    /// <exception cref="StoreException">It may have been written or not.</exception>
    /// <exception cref="NotOwnerException">It was not written.</exception>
    public static async Task<bool> TryReplaceAsync(this IGridRedis redis, RedisKey hash, string field, byte[] before, byte[] bytes, CancellationToken cancel) =>
        (long)await redis.WriteAsync(Replace, [default, default, hash], [default, default, field, before, bytes], cancel) == 1;
}
