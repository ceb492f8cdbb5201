using Footprint.Grid.Core.Storage;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Footprint.Grid.Grains.Storage;

/// <summary>
/// This silo's share in the cluster's hold on Redis: a key with the cluster's token that every silo renews. Nobody but
/// this cluster writes while it lasts.
/// </summary>
internal sealed partial class OwnerLease(IDatabase redis, string clusterId, TimeSpan limit, TimeProvider time, ILogger<GridRedis> logger)
    : IAsyncDisposable
{
    private static readonly TimeSpan _length = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _firstWait = TimeSpan.FromMilliseconds(250);

    private readonly RedisKey[] _keys = [RedisLayout.Owner, RedisLayout.Epoch, RedisLayout.Appended];
    private readonly CancellationTokenSource _stop = new();
    private Task _renewal = Task.CompletedTask;
    private long _epoch;
    private volatile string? _problem;

    public string Token { get; } = $"cluster/{clusterId}";

    public long Epoch => Volatile.Read(ref _epoch);

    public string? Problem => _problem;

    /// <summary>Waits until the lease of an owner that died has run out.</summary>
    /// <exception cref="StoreException">Another owner lives.</exception>
    public async Task AcquireAsync(CancellationToken cancel)
    {
        long start = time.GetTimestamp();
        while (!await HoldAsync())
        {
            if (time.GetElapsedTime(start) > _length + _interval)
            {
                throw new StoreException("Another process owns this Redis and renews its lease: a node, or a cluster of another name. Stop it first.");
            }

            await Task.Delay(_firstWait, time, cancel);
        }

        _renewal = RenewAsync();
    }

    /// <summary>False when somebody else owns the Redis.</summary>
    public async Task<bool> HoldAsync()
    {
        long known = Epoch;
        long found = (long)await redis.ScriptEvaluateAsync(OwnerScripts.Hold, _keys, [Token, (long)_length.TotalMilliseconds, known]).WaitAsync(limit, time);
        if (found == 0)
        {
            if (_problem is null)
            {
                LogLost(logger);
            }

            _problem = "Another process owns this Redis.";
            return false;
        }

        if (found != known)
        {
            // Monotonic: an answer that came late must not bring an old epoch back.
            Interlocked.CompareExchange(ref _epoch, found, known);
            LogHeld(logger, found);
        }

        _problem = null;
        return true;
    }

    /// <summary>Ends renewing; the key runs out by itself, or at once when nobody else in the cluster needs it.</summary>
    public async Task StopAsync(bool release)
    {
        await _stop.CancelAsync();
        await _renewal;
        if (release)
        {
            try
            {
                await redis.ScriptEvaluateAsync(OwnerScripts.Release, [RedisLayout.Owner], [Token]).WaitAsync(_interval);
            }
            catch (Exception e) when (e is RedisException or TimeoutException)
            {
                // The lease ends by itself.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(release: false);
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
                    await HoldAsync();
                }
                catch (Exception e) when (e is RedisException or TimeoutException)
                {
                    _problem = $"Redis cannot be reached: {e.Message}";
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }
}
