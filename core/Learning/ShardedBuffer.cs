namespace Footprint.Grid.Core.Learning;

/// <summary>What is on its way to the learner: sharded so that turns on many threads seldom meet, and bounded.</summary>
/// <param name="bound">Of each shard.</param>
/// <param name="time">When something was, by which it is handed over.</param>
internal sealed class ShardedBuffer<T>(int bound, Func<T, long> time)
{
    private const int Shards = 8;

    private readonly List<T>[] _shards = [.. Enumerable.Range(0, Shards).Select(_ => new List<T>())];
    private readonly List<T>[] _drained = [.. Enumerable.Range(0, Shards).Select(_ => new List<T>())];
    private long _dropped;

    /// <summary>Observations lost because the learner fell behind.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>All of the entries or, when there is no room, none.</summary>
    /// <param name="hash">By which the shard is chosen.</param>
    /// <param name="entries">Stay together.</param>
    /// <param name="observations">How many were dropped when there is no room.</param>
    public void Add(int hash, ReadOnlySpan<T> entries, int observations)
    {
        List<T> shard = _shards[hash & (Shards - 1)];
        lock (shard)
        {
            if (shard.Count + entries.Length <= bound)
            {
                shard.AddRange(entries);
                return;
            }
        }

        Interlocked.Add(ref _dropped, observations);
    }

    /// <summary>
    /// Hands everything that waits over and empties the buffer; one caller at a time. Shards are merged by time, for bounded counts
    /// keep more of what comes last: shard after shard would be time after time from its start.
    /// </summary>
    public void Drain(Action<T> take)
    {
        Span<int> next = stackalloc int[Shards];
        Span<long> times = stackalloc long[Shards];
        next.Clear();
        for (int s = 0; s < Shards; s++)
        {
            lock (_shards[s])
            {
                _drained[s].AddRange(_shards[s]);
                _shards[s].Clear();
            }

            times[s] = TimeAt(_drained[s], 0);
        }

        while (Earliest(times) is var s && next[s] < _drained[s].Count)
        {
            // What is of one time stays together.
            long at = times[s];
            do
            {
                take(_drained[s][next[s]++]);
                times[s] = TimeAt(_drained[s], next[s]);
            }
            while (times[s] == at && next[s] < _drained[s].Count);
        }

        for (int s = 0; s < Shards; s++)
        {
            _drained[s].Clear();
            if (_drained[s].Capacity > bound / 8)
            {
                _drained[s] = [];
            }
        }
    }

    // After the last one nothing is earlier.
    private long TimeAt(List<T> shard, int i) => i < shard.Count ? time(shard[i]) : long.MaxValue;

    private static int Earliest(ReadOnlySpan<long> times)
    {
        int earliest = 0;
        for (int s = 1; s < times.Length; s++)
        {
            earliest = times[s] < times[earliest] ? s : earliest;
        }

        return earliest;
    }
}
