using System.Collections.Concurrent;
using Footprint.Grid.Core.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using StackExchange.Redis;

namespace Footprint.Grid.Grains.Storage;

/// <summary>
/// The silo's connection to Redis and its share in owning it. Open before anything is read, closed after the last client
/// was saved.
/// </summary>
internal sealed class GridRedis(
    FootprintGrainsOptions options,
    IOptions<ClusterOptions> cluster,
    IServiceProvider services,
    TimeProvider time,
    ILogger<GridRedis> logger) : IGridRedis, ILifecycleParticipant<ISiloLifecycle>, IAsyncDisposable
{
    private const int MaxRepairs = 2;

    // By reference: scripts are constants, and to hash their text would cost as much as the call.
    private readonly ConcurrentDictionary<object, string> _fenced = new(ReferenceEqualityComparer.Instance);
    private ConnectionMultiplexer? _connection;
    private IDatabase? _redis;
    private OwnerLease? _lease;

    /// <summary>For providers that bring their own code; only once the silo starts.</summary>
    public IConnectionMultiplexer Connection => _connection ?? throw new InvalidOperationException("Redis is not open.");

    public long Epoch => _lease?.Epoch ?? 0;

    public string? Problem => _lease is null ? "Redis is not open yet." : _lease.Problem;

    public void Participate(ISiloLifecycle observer) =>
        observer.Subscribe(nameof(GridRedis), ServiceLifecycleStage.RuntimeStorageServices, OpenAsync, CloseAsync);

    public async Task OpenAsync(CancellationToken cancel)
    {
        try
        {
            _connection = await ConnectionMultiplexer.ConnectAsync(options.Redis).WaitAsync(options.StoreTimeout * 2, time, cancel);
            _redis = _connection.GetDatabase();
            _lease = new OwnerLease(_redis, cluster.Value.ClusterId, options.StoreTimeout, time, logger);
            await _lease.AcquireAsync(cancel);
            await CheckSecretAsync(cancel);
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            throw new StoreException($"Redis cannot be reached: {e.Message}", e);
        }
    }

    public async Task<RedisResult> WriteAsync(string script, RedisKey[] keys, RedisValue[] values, CancellationToken cancel)
    {
        OwnerLease lease = _lease!;
        keys[0] = RedisLayout.Owner;
        keys[1] = RedisLayout.Epoch;
        values[0] = lease.Token;
        values[1] = lease.Epoch;
        string fenced = _fenced.GetOrAdd(script, static s => OwnerScripts.Fence + s);
        for (int repairs = 0; ; repairs++)
        {
            try
            {
                return await _redis!.ScriptEvaluateAsync(fenced, keys, values).WaitAsync(options.StoreTimeout, time, cancel);
            }
            catch (RedisServerException e) when (e.Message.Contains("NOTOWNER", StringComparison.Ordinal))
            {
                if (repairs >= MaxRepairs || !await HoldAsync() || (RedisValue)lease.Epoch != values[1])
                {
                    throw new NotOwnerException("Another process owned this Redis; what was read before may be out of date.");
                }
            }
            catch (RedisServerException e) when (repairs < MaxRepairs && e.Message.Contains("NOSCRIPT", StringComparison.Ordinal))
            {
                // The client forgets what it had loaded when it meets this, so the same call loads the script anew.
            }
            catch (Exception e) when (e is RedisException or TimeoutException)
            {
                throw new StoreException($"Redis did not take a write: {e.Message}", e);
            }
        }
    }

    public async Task WriteAsync(Func<Task> write, CancellationToken cancel)
    {
        if (_lease!.Problem is { } problem)
        {
            throw new NotOwnerException(problem);
        }

        try
        {
            await write().WaitAsync(options.StoreTimeout, time, cancel);
        }
        catch (Exception e) when (e is RedisException or TimeoutException or Orleans.Persistence.Redis.RedisStorageException)
        {
            throw new StoreException($"Redis did not take a write: {e.Message}", e);
        }
    }

    public async Task<T> ReadAsync<T>(Func<IDatabase, Task<T>> read, CancellationToken cancel)
    {
        try
        {
            return await read(_redis!).WaitAsync(options.StoreTimeout, time, cancel);
        }
        catch (Exception e) when (e is RedisException or TimeoutException or Orleans.Persistence.Redis.RedisStorageException)
        {
            throw new StoreException($"Redis cannot be read: {e.Message}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_lease is not null)
        {
            await _lease.DisposeAsync();
            _lease = null;
        }

        if (_connection is not null)
        {
            // Every command was awaited. To let the client library wait for its own QUIT costs its whole timeout.
            await _connection.CloseAsync(allowCommandsToComplete: false);
            await _connection.DisposeAsync();
            _connection = null;
        }
    }

    private async Task CheckSecretAsync(CancellationToken cancel)
    {
        byte[] check = new TombstoneKeys(options.Secret).Check;
        byte[] kept = (byte[])(await WriteAsync(OwnerScripts.KeepSecretCheck, [default, default, RedisLayout.SecretCheck], [default, default, check], cancel))!;
        if (!kept.AsSpan().SequenceEqual(check))
        {
            throw new StoreException("The Redis was first opened with another secret, by which it knows the clients that were erased. Give that one.");
        }
    }

    private async Task CloseAsync(CancellationToken cancel)
    {
        if (_lease is not null)
        {
            await _lease.StopAsync(release: IsLastSilo());
        }
    }

    private async Task<bool> HoldAsync()
    {
        try
        {
            return await _lease!.HoldAsync();
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            throw new StoreException($"Redis did not take a write: {e.Message}", e);
        }
    }

    private bool IsLastSilo()
    {
        var statuses = services.GetService(typeof(ISiloStatusOracle)) as ISiloStatusOracle;
        var self = services.GetService(typeof(ILocalSiloDetails)) as ILocalSiloDetails;
        return statuses is not null && self is not null
            && statuses.GetApproximateSiloStatuses(onlyActive: true).Keys.All(silo => silo.Equals(self.SiloAddress));
    }
}
