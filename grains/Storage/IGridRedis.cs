using StackExchange.Redis;

namespace Footprint.Grid.Grains.Storage;

/// <summary>The one way to Redis. Every call ends within <see cref="FootprintGrainsOptions.StoreTimeout"/>.</summary>
internal interface IGridRedis
{
    /// <summary>Changes when somebody else may have written meanwhile: what was read before is out of date then.</summary>
    long Epoch { get; }

    /// <summary>Why nothing can be written now; null when it can, as far as is known.</summary>
    string? Problem { get; }

    /// <summary>
    /// Runs a script that writes. The first two keys and values are filled in: owner and epoch, by which a cluster that
    /// lost the Redis to somebody else writes nothing, even when it does not know yet. The script's own begin at
    /// <c>KEYS[3]</c> and <c>ARGV[3]</c>.
    /// </summary>
    /// <exception cref="StoreException">It may have been done or not.</exception>
    /// <exception cref="NotOwnerException">It was not done.</exception>
    Task<RedisResult> WriteAsync(string script, RedisKey[] keys, RedisValue[] values, CancellationToken cancel);

    /// <summary>Runs a write that goes through somebody else's code.</summary>
    /// <exception cref="StoreException">It may have been done or not.</exception>
    /// <exception cref="NotOwnerException">It was not done.</exception>
    Task WriteAsync(Func<Task> write, CancellationToken cancel);

    /// <exception cref="StoreException">It could not be read.</exception>
    Task<T> ReadAsync<T>(Func<IDatabase, Task<T>> read, CancellationToken cancel);
}
