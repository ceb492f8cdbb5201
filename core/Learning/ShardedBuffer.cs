namespace Footprint.Grid.Core.Learning;

/// <summary>What is on its way to the learner: sharded so that turns on many threads seldom meet, and bounded.</summary>
/// <param name="bound">Of each shard.</param>
internal sealed class ShardedBuffer<T>(int bound)
{
    private const int Shards = 8;

    private readonly List<T>[] _shards = [.. Enumerable.Range(0, Shards).Select(_ => new List<T>())];
    private List<T> _spare = [];
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

    /// <summary>Hands everything that waits over and empties the buffer; one caller at a time.</summary>
    public void Drain(Action<T> take)
    {
        foreach (List<T> shard in _shards)
        {
            List<T> drained = _spare;
            lock (shard)
            {
                drained.AddRange(shard);
                shard.Clear();
            }

            drained.ForEach(take);
            drained.Clear();
        }

        if (_spare.Capacity > bound / 8)
        {
            _spare = [];
        }
    }
}
