using System.Collections.Concurrent;

namespace Footprint.Grid.Embedded.Journal;

/// <summary>
/// The calls that wait for positions to be durable. One pooled waiter a call; all are looked over after each commit and
/// every few milliseconds, which for thousands of them costs microseconds and saves a timer each.
/// </summary>
internal sealed class DurableWaiters : IDisposable
{
    private const int SweepMs = 10;
    private const int MaxPooled = 4096;

    private readonly Lock _gate = new();
    private readonly List<DurableWaiter> _waiting = [];
    private readonly ConcurrentQueue<DurableWaiter> _pool = new();
    private readonly TimeProvider _time;
    private readonly ITimer _sweep;
    private long _durable;
    private bool _armed;

    public DurableWaiters(TimeProvider time)
    {
        _time = time;
        _sweep = time.CreateTimer(_ => Sweep(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>All entries up to this position are durable.</summary>
    public long Durable => Volatile.Read(ref _durable);

    public bool Any => _waiting.Count > 0;

    /// <summary>True once the position is durable; false when it is not by the deadline.</summary>
    public ValueTask<bool> WaitAsync(long position, long deadlineMs)
    {
        lock (_gate)
        {
            if (position <= _durable)
            {
                return new ValueTask<bool>(true);
            }

            DurableWaiter waiter = _pool.TryDequeue(out DurableWaiter? pooled) ? pooled : new DurableWaiter(GiveBack);
            ValueTask<bool> task = waiter.Start(position, deadlineMs);
            _waiting.Add(waiter);
            if (!_armed)
            {
                _armed = true;
                _sweep.Change(TimeSpan.FromMilliseconds(SweepMs), Timeout.InfiniteTimeSpan);
            }

            return task;
        }
    }

    public void Advance(long durable)
    {
        lock (_gate)
        {
            _durable = durable;
            Release(long.MinValue);
        }
    }

    /// <summary>Whoever still waits is told that it did not happen.</summary>
    public void Dispose()
    {
        _sweep.Dispose();
        lock (_gate)
        {
            Release(long.MaxValue);
        }
    }

    private void Sweep()
    {
        lock (_gate)
        {
            Release(_time.GetUtcNow().ToUnixTimeMilliseconds());
            _armed = _waiting.Count > 0;
            if (_armed)
            {
                _sweep.Change(TimeSpan.FromMilliseconds(SweepMs), Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void Release(long nowMs)
    {
        int kept = 0;
        for (int i = 0; i < _waiting.Count; i++)
        {
            DurableWaiter waiter = _waiting[i];
            if (waiter.Position <= _durable)
            {
                waiter.Complete(true);
            }
            else if (waiter.DeadlineMs <= nowMs)
            {
                waiter.Complete(false);
            }
            else
            {
                _waiting[kept++] = waiter;
            }
        }

        _waiting.RemoveRange(kept, _waiting.Count - kept);
    }

    private void GiveBack(DurableWaiter waiter)
    {
        if (_pool.Count < MaxPooled)
        {
            _pool.Enqueue(waiter);
        }
    }
}
