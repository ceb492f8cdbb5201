namespace Footprint.Grid.Api.Limits;

/// <summary>
/// A token bucket without a lock: the generic cell rate algorithm. One number says until when the bucket's tokens are
/// spoken for; a call moves it on by one interval unless it would be more than a burst ahead of now.
/// </summary>
internal sealed class TokenBucket
{
    // A sixteenth of a clock tick is the unit, so that high rates do not round to an interval of zero; 64 bits of it last 18 years.
    private const int Shift = 4;

    private readonly long _interval;
    private readonly long _burst;
    private readonly double _frequency;
    private readonly long _origin;
    private long _spokenFor;

    public TokenBucket(double rate, int burst, TimeProvider time)
    {
        _origin = time.GetTimestamp();
        _frequency = (double)time.TimestampFrequency * (1 << Shift);
        _interval = Math.Max(1, (long)Math.Min(_frequency / rate, long.MaxValue >> 8));
        _burst = (long)Math.Min((double)_interval * burst, long.MaxValue >> 4);
    }

    /// <param name="timestamp">The clock's reading now.</param>
    /// <param name="retryAfter">When there will be a token.</param>
    public bool TryTake(long timestamp, out TimeSpan retryAfter)
    {
        var now = (timestamp - _origin) << Shift;
        var seen = Volatile.Read(ref _spokenFor);
        while (true)
        {
            var next = Math.Max(seen, now) + _interval;
            if (next - now > _burst)
            {
                retryAfter = TimeSpan.FromSeconds((next - now - _burst) / _frequency);
                return false;
            }

            var found = Interlocked.CompareExchange(ref _spokenFor, next, seen);
            if (found == seen)
            {
                retryAfter = TimeSpan.Zero;
                return true;
            }

            seen = found;
        }
    }
}
