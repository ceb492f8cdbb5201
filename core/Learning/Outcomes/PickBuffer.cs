namespace Footprint.Grid.Core.Learning.Outcomes;

/// <summary>Picks and what came of them on their way to the learner: sharded so that turns on many threads seldom meet, and bounded.</summary>
internal sealed class PickBuffer
{
    private const int Shards = 8;
    private const int ShardBound = 1 << 16;

    private readonly List<PickObservation>[] _shards = [.. Enumerable.Range(0, Shards).Select(_ => new List<PickObservation>())];
    private List<PickObservation> _spare = [];
    private long _dropped;

    /// <summary>Observations lost because the learner fell behind.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>All of them or, when there is no room, none.</summary>
    public void Add(ReadOnlySpan<PickObservation> picks)
    {
        if (picks.IsEmpty)
        {
            return;
        }

        // By the time as well: one placement's decisions need not share a lock.
        List<PickObservation> shard = _shards[(picks[0].ItemId.GetHashCode(StringComparison.Ordinal) ^ (int)picks[0].TimeMs) & (Shards - 1)];
        lock (shard)
        {
            if (shard.Count + picks.Length <= ShardBound)
            {
                shard.AddRange(picks);
                return;
            }
        }

        Interlocked.Add(ref _dropped, picks.Length);
    }

    /// <summary>Hands everything that waits over and empties the buffer; one caller at a time.</summary>
    public void Drain(Action<PickObservation> take)
    {
        foreach (List<PickObservation> shard in _shards)
        {
            List<PickObservation> drained = _spare;
            lock (shard)
            {
                drained.AddRange(shard);
                shard.Clear();
            }

            drained.ForEach(take);
            drained.Clear();
        }

        if (_spare.Capacity > ShardBound / 8)
        {
            _spare = [];
        }
    }
}
