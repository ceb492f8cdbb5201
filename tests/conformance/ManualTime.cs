using System.Threading.Channels;

namespace Footprint.Grid.Conformance;

/// <summary>A clock that stands still until it is moved, with its timers.</summary>
public sealed class ManualTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly Channel<TimeSpan> _armed = Channel.CreateUnbounded<TimeSpan>();
    private DateTimeOffset _now = new(2026, 11, 21, 10, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        lock (_lock)
        {
            _timers.Add(timer);
        }

        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Waits until somebody arms a timer for this time from now.</summary>
    public async Task ArmedAsync(TimeSpan due)
    {
        while (await _armed.Reader.ReadAsync().Within($"a timer is armed for {due}") != due)
        {
        }
    }

    public void Advance(TimeSpan by)
    {
        List<ManualTimer> due;
        lock (_lock)
        {
            _now += by;
            due = [.. _timers.Where(timer => timer.IsDue(_now))];
        }

        due.ForEach(timer => timer.Fire());
    }

    /// <summary>Fires what is armed although its time has not come, as timers on a coarse clock do.</summary>
    public void RingEarly()
    {
        List<ManualTimer> armed;
        lock (_lock)
        {
            armed = [.. _timers.Where(timer => timer.IsDue(DateTimeOffset.MaxValue))];
        }

        armed.ForEach(timer => timer.Fire());
    }

    private sealed class ManualTimer(ManualTime time, Action callback) : ITimer
    {
        private DateTimeOffset? _at;
        private TimeSpan _period;

        public bool IsDue(DateTimeOffset now) => _at <= now;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                _at = dueTime == Timeout.InfiniteTimeSpan ? null : time._now + dueTime;
                _period = period;
            }

            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                time._armed.Writer.TryWrite(dueTime);
            }

            return true;
        }

        public void Fire()
        {
            lock (time._lock)
            {
                _at = _period > TimeSpan.Zero ? time._now + _period : null;
            }

            callback();
        }

        public void Dispose()
        {
            lock (time._lock)
            {
                _at = null;
                time._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
