using StackExchange.Redis;

namespace Footprint.Grid.Embedded.Stores.Redis;

/// <summary>Runs the writing scripts and repairs what can be repaired in between: a script cache lost with a restart, a lease that ran out.</summary>
internal sealed class RedisScriptCall(IDatabase redis, RedisLease lease)
{
    /// <summary>The client library bounds synchronous calls only. What ran into this may have been done or not; repeats are safe.</summary>
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(5);

    private const int MaxRepairs = 2;

    public async Task<RedisResult> RunAsync(string script, RedisKey[] keys, RedisValue[] values, CancellationToken cancel)
    {
        lease.ThrowIfLost();
        for (int repairs = 0; ; repairs++)
        {
            try
            {
                return await redis.ScriptEvaluateAsync(script, keys, values).WaitAsync(_limit, cancel);
            }
            catch (RedisServerException e) when (repairs < MaxRepairs && e.Message.Contains("NOTOWNER", StringComparison.Ordinal))
            {
                await lease.ReclaimAsync().WaitAsync(_limit, cancel);
            }
            catch (RedisServerException e) when (repairs < MaxRepairs && e.Message.Contains("NOSCRIPT", StringComparison.Ordinal))
            {
                // The client forgets what it had loaded when it meets this, so the same call loads the script anew.
            }
            catch (RedisServerException e) when (e.Message.Contains("LOSTWRITES", StringComparison.Ordinal))
            {
                throw new StoreConflictException("Redis came back without writes that it had confirmed; its persistence settings allow that. Restart to go on from what it has.");
            }
            catch (Exception e) when (e is RedisException or TimeoutException)
            {
                throw new StoreException($"Redis did not take a write: {e.Message}", e);
            }
        }
    }
}
