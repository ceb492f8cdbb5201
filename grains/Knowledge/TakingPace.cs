using Footprint.Grid.Core.Learning;

namespace Footprint.Grid.Grains.Knowledge;

/// <summary>
/// Keeps a silo's taking of what all silos' clients taught to a part of a core (<see cref="WorkPace.RestOfTaking"/>), of all tenants and
/// shards together: one piece at a time, each owes its rest, and the next one waits once more is owed than a timer can tell. What cannot be taken in time
/// waits in the logs of the shards, and where those let go of it a shard is read whole, at the same pace.
/// </summary>
internal sealed class TakingPace(TimeProvider time) : IDisposable
{
    /// <summary>Rest that may be owed while the next piece begins.</summary>
    public static readonly TimeSpan MostOwed = TimeSpan.FromMilliseconds(20);

    private readonly SemaphoreSlim _turn = new(1);
    private TimeSpan _owed;
    private long _owedAt;
    private long _ticks;

    /// <summary>All the work so far; from any thread.</summary>
    public TimeSpan Done => TimeSpan.FromTicks(Interlocked.Read(ref _ticks));

    /// <summary>Does a piece of work when it is its turn.</summary>
    public async Task WorkAsync(Action piece, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            if (Owed() is var owed && owed > MostOwed)
            {
                await Task.Delay(owed, time, cancel);
            }

            long start = time.GetTimestamp();
            piece();
            TimeSpan took = time.GetElapsedTime(start);
            Interlocked.Add(ref _ticks, took.Ticks);
            _owed = (Owed(start) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero) + (took * WorkPace.RestOfTaking);
            _owedAt = time.GetTimestamp();
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private TimeSpan Owed() => Owed(time.GetTimestamp());

    private TimeSpan Owed(long at) => _owed - time.GetElapsedTime(_owedAt, at);
}
