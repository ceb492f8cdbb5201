using Footprint.Grid.Grains.Storage;
using StackExchange.Redis;

namespace Footprint.Grid.Grains.Tests.Support;

/// <summary>A Redis that fails when it is told to: before it does anything, or after it did everything.</summary>
internal sealed class FaultyRedis(IGridRedis inner, StoreFaults faults) : IGridRedis
{
    public long Epoch => inner.Epoch;

    public string? Problem => inner.Problem;

    public async Task<RedisResult> WriteAsync(string script, RedisKey[] keys, RedisValue[] values, CancellationToken cancel)
    {
        await faults.BeforeAsync();
        RedisResult result = await inner.WriteAsync(script, keys, values, cancel);
        faults.After();
        return result;
    }

    public async Task WriteAsync(Func<Task> write, CancellationToken cancel)
    {
        await faults.BeforeAsync();
        await inner.WriteAsync(write, cancel);
        faults.After();
    }

    public async Task<T> ReadAsync<T>(Func<IDatabase, Task<T>> read, CancellationToken cancel)
    {
        await faults.BeforeAsync();
        return await inner.ReadAsync(read, cancel);
    }
}
