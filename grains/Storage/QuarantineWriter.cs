using Footprint.Grid.Core.Storage;

namespace Footprint.Grid.Grains.Storage;

/// <summary>Sets aside what cannot be trusted, so that an operator finds it whatever becomes of the record itself.</summary>
internal static class QuarantineWriter
{
    private const string Put = "return redis.call('HSET', KEYS[3], ARGV[3], ARGV[4])";

    /// <exception cref="StoreException">It may have been kept or not.</exception>
    /// <exception cref="NotOwnerException">It was not kept.</exception>
    public static Task QuarantineAsync(this IGridRedis redis, QuarantineRecord record, CancellationToken cancel) => redis.WriteAsync(
        Put,
        [default, default, RedisLayout.Quarantine],
        [default, default, RedisLayout.QuarantineField(record.Tenant, record.Kind, record.Id), QuarantineFormat.Pack(record)],
        cancel);
}
