using Footprint.Grid.Embedded.Metrics;
using Footprint.Grid.Embedded.Stores;
using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Embedded.Journal;

/// <summary>
/// The group commit: one loop writes everything that waits in one transaction, and what comes meanwhile shares the
/// next. A write that fails is repeated until it works; nothing is dropped and nothing overtakes it.
/// </summary>
internal sealed partial class Committer(
    CommitLog log,
    IGridStore store,
    EmbeddedOptions options,
    TimeProvider time,
    EngineMetrics metrics,
    ILogger<Committer> logger) : IDisposable
{
    private static readonly TimeSpan _firstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(1);

    private readonly DurableWaiters _waiters = new(time);
    private readonly SemaphoreSlim _hurry = new(0);
    private volatile string? _failure;
    private volatile bool _lingering;
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

    /// <summary>True once the position is durable; false when it is not by the deadline.</summary>
    public ValueTask<bool> WaitAsync(long position, long deadlineMs)
    {
        ValueTask<bool> task = _waiters.WaitAsync(position, deadlineMs);
        Hurry();
        return task;
    }

    /// <summary>Runs until stopped. What waits then stays unwritten, so flush before.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var segments = new List<JournalSegment>();
        try
        {
            while (true)
            {
                log.Take(segments);
                if (segments.Count == 0)
                {
                    await log.Arrived.WaitAsync(stop);
                    await LingerAsync(stop);
                    continue;
                }

                foreach (JournalSegment segment in segments)
                {
                    segment.Seal();
                }

                await WriteAsync(segments, stop);
                long durable = segments[^1].LastPosition;
                log.Written(segments);
                segments.Clear();
                _waiters.Advance(durable);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    public void Dispose()
    {
        _waiters.Dispose();
        _hurry.Dispose();
    }

    /// <summary>With nobody waiting, a little longer makes one commit of what would be dozens.</summary>
    private async Task LingerAsync(CancellationToken stop)
    {
        _lingering = true;
        Interlocked.MemoryBarrier();
        if (!_waiters.Any && !log.HasSealed && options.CommitDelay > TimeSpan.Zero)
        {
            await _hurry.WaitAsync(options.CommitDelay, stop);
        }

        _lingering = false;
        while (_hurry.Wait(0, CancellationToken.None))
        {
        }
    }

    private void Hurry()
    {
        if (_lingering)
        {
            _lingering = false;
            _hurry.Release();
        }
    }

    private async Task WriteAsync(List<JournalSegment> segments, CancellationToken stop)
    {
        TimeSpan pause = _firstPause;
        while (true)
        {
            long start = time.GetTimestamp();
            Volatile.Write(ref _since, start);
            try
            {
                await store.AppendAsync(segments, stop);
                metrics.Committed(segments, time.GetElapsedTime(start));
                if (_failure is not null)
                {
                    LogRecovered(logger, segments[0].Lsn);
                    _failure = null;
                }

                return;
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                if (_failure is null)
                {
                    LogFailed(logger, e, segments[0].Lsn);
                }

                _failure = e.Message;
                metrics.StoreFailed("append");
            }
            finally
            {
                Volatile.Write(ref _since, 0);
            }

            await Task.Delay(pause, time, stop);
            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, _longestPause.Ticks));
        }
    }
}
