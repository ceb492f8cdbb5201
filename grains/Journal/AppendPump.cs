using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Metrics;
using Footprint.Grid.Grains.Storage;
using Google.Rpc;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Footprint.Grid.Grains.Journal;

/// <summary>
/// Carries the silo's appends to Redis, those of many clients in one script call, which costs a fraction of a call each.
/// Two calls are under way at a time; what comes meanwhile shares the next. A client has one append here at the most.
/// When a call's outcome is unknown the same one is made again: the script finds out by itself what had been done.
/// </summary>
internal sealed partial class AppendPump(
    IGridRedis redis, FootprintGrainsOptions options, TimeProvider time, GrainMetrics metrics, ILogger<AppendPump> logger) : IDisposable
{
    private const int Lanes = 2;
    private const int MaxClients = 512;
    private const int MaxBytes = 1 << 20;
    private static readonly TimeSpan _firstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Queue<PendingAppend> _waiting = new();
    private readonly CancellationTokenSource _stop = new();
    private int _lanes;
    private long _pendingBytes;
    private volatile string? _failure;
    private long _since;

    /// <summary>Why nothing can be made durable now; null when it can.</summary>
    public string? Problem
    {
        get
        {
            long since = Volatile.Read(ref _since);
            return _failure is { } failure ? $"The store cannot be written: {failure}"
                : since != 0 && time.GetElapsedTime(since) > options.SlowStore ? $"A write to the store has taken longer than {options.SlowStore}."
                : null;
        }
    }

    /// <summary>Makes room for an entry that will be appended.</summary>
    /// <exception cref="GridException"><c>RESOURCE_EXHAUSTED</c>: there is none.</exception>
    public void Reserve(int bytes)
    {
        long pending = Interlocked.Add(ref _pendingBytes, bytes);
        metrics.Pending(bytes);
        if (pending > options.MaxPendingBytes)
        {
            Forget(bytes);
            throw new GridException(Code.ResourceExhausted, $"{pending - bytes} bytes of changes wait for the store, which is the most ({options.MaxPendingBytes}).");
        }
    }

    /// <summary>Gives room back that was reserved for what is not appended any more.</summary>
    public void Forget(int bytes)
    {
        Interlocked.Add(ref _pendingBytes, -bytes);
        metrics.Pending(-bytes);
    }

    /// <summary>True when the entries are in the journal; false when somebody else wrote there, and they never will be.</summary>
    public Task<bool> AppendAsync(PendingAppend append)
    {
        bool starts;
        lock (_gate)
        {
            _waiting.Enqueue(append);
            starts = _lanes < Lanes;
            _lanes += starts ? 1 : 0;
        }

        if (starts)
        {
            // Not on the caller's scheduler, which is a grain's: what comes until a thread is free shares the call.
            _ = Task.Run(RunAsync);
        }

        return append.Done;
    }

    /// <summary>Whoever still waits is told that it did not happen.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var batch = new List<PendingAppend>();
        while (Take(batch))
        {
            try
            {
                await WriteAsync(batch);
            }
            catch (OperationCanceledException)
            {
                Complete(batch, null);
            }
        }
    }

    private bool Take(List<PendingAppend> batch)
    {
        batch.Clear();
        lock (_gate)
        {
            int bytes = 0;
            while (batch.Count < MaxClients && bytes < MaxBytes && _waiting.TryDequeue(out PendingAppend? append))
            {
                batch.Add(append);
                bytes += append.Bytes;
            }

            _lanes -= batch.Count == 0 ? 1 : 0;
            return batch.Count > 0;
        }
    }

    private async Task WriteAsync(List<PendingAppend> batch)
    {
        (RedisKey[] keys, RedisValue[] values) = AppendCall.Of(batch);
        for (TimeSpan pause = _firstPause; ; pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, _longestPause.Ticks)))
        {
            long start = time.GetTimestamp();
            Volatile.Write(ref _since, start);
            try
            {
                var results = (int[])(await redis.WriteAsync(JournalScripts.Append, keys, values, _stop.Token))!;
                if (_failure is not null)
                {
                    _failure = null;
                    LogRecovered(logger);
                }

                metrics.Committed(batch, time.GetElapsedTime(start));
                Complete(batch, results);
                return;
            }
            catch (NotOwnerException e)
            {
                LogGivenUp(logger, batch.Count, e.Message);
                Complete(batch, null);
                return;
            }
            catch (StoreException e)
            {
                if (_failure is null)
                {
                    LogFailed(logger, e, batch.Count);
                }

                _failure = e.Message;
                metrics.StoreFailed("append");
            }
            finally
            {
                Volatile.Write(ref _since, 0);
            }

            await Task.Delay(pause, time, _stop.Token);
        }
    }

    private void Complete(List<PendingAppend> batch, int[]? results)
    {
        const int SomebodyElse = 2;
        for (int i = 0; i < batch.Count; i++)
        {
            Forget(batch[i].Bytes);
            batch[i].Complete(results is not null && results[i] != SomebodyElse);
        }
    }
}
