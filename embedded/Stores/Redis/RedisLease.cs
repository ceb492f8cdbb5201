using Footprint.Grid.Core.Storage;
using StackExchange.Redis;

namespace Footprint.Grid.Embedded.Stores.Redis;

/// <summary>
/// Makes this process the only one that writes, as long as it lives: an owner key with a lease that is renewed. A lease
/// that ran out is taken up again only if the epoch shows that nobody else held it meanwhile.
/// </summary>
internal sealed class RedisLease(IDatabase redis, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan _length = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(2);

    private readonly RedisKey[] _keys = [RedisLayout.Owner, RedisLayout.Epoch, RedisLayout.Appended];
    private readonly CancellationTokenSource _stop = new();
    private Task _renewal = Task.CompletedTask;
    private long _epoch;
    private volatile bool _isLost;

    /// <summary>What every writing script compares with the owner key.</summary>
    public RedisValue Token { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Waits until the lease of an owner that died has run out.</summary>
    /// <exception cref="StoreException">Another process owns the store and lives.</exception>
    public async Task AcquireAsync(CancellationToken cancel)
    {
        long start = time.GetTimestamp();
        while (true)
        {
            RedisResult epoch = await redis.ScriptEvaluateAsync(RedisScripts.Acquire, _keys, [Token, (long)_length.TotalMilliseconds]);
            _epoch = (long)epoch;
            if (_epoch > 0)
            {
                _renewal = RenewAsync();
                return;
            }

            if (time.GetElapsedTime(start) > _length + _interval)
            {
                throw new StoreException("Another process owns this Redis store and renews its lease.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(250), time, cancel);
        }
    }

    /// <summary>Takes the lease up again after a script found it gone.</summary>
    /// <exception cref="StoreConflictException">Somebody else held it, so what this process holds in memory is out of date.</exception>
    public async Task ReclaimAsync()
    {
        RedisResult renewed = await redis.ScriptEvaluateAsync(RedisScripts.Renew, _keys, [Token, (long)_length.TotalMilliseconds, _epoch]);
        _isLost = (long)renewed == 0;
        ThrowIfLost();
    }

    public void ThrowIfLost()
    {
        if (_isLost)
        {
            throw new StoreConflictException("Another process took this Redis store over. Restart this one to read what it wrote.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _renewal;
        try
        {
            await redis.ScriptEvaluateAsync(RedisScripts.Release, [RedisLayout.Owner], [Token]).WaitAsync(_interval);
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            // The lease ends by itself.
        }

        _stop.Dispose();
    }

    private async Task RenewAsync()
    {
        using var timer = new PeriodicTimer(_interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                try
                {
                    await ReclaimAsync().WaitAsync(_length, time, _stop.Token);
                }
                catch (Exception e) when (e is RedisException or TimeoutException or StoreConflictException)
                {
                    // Writes notice and say so; the next tick tries again.
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }
}
