namespace Footprint.Grid.Core.Learning;

/// <summary>Observations on their way to the learner: sharded so that turns on many threads seldom meet, and bounded.</summary>
internal sealed class ObservationBuffer
{
    public const int MaxPrevious = 5;
    private const int Shards = 8;
    private const int ShardBound = 1 << 18;

    private readonly List<Entry>[] _shards = [.. Enumerable.Range(0, Shards).Select(_ => new List<Entry>())];
    private List<Entry> _spare = [];
    private long _dropped;

    /// <summary>Observations lost because the learner fell behind.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public void Add(in ItemObservation observation)
    {
        List<Entry> shard = _shards[observation.ItemId.Length + observation.ItemId[^1] & (Shards - 1)];
        int pairs = Math.Min(observation.Previous.Length, MaxPrevious);
        lock (shard)
        {
            if (shard.Count + pairs >= ShardBound)
            {
                Interlocked.Increment(ref _dropped);
                return;
            }

            shard.Add(new Entry(observation.ItemId, null, observation.TimeMs, observation.Weight));
            for (int i = 0; i < pairs; i++)
            {
                shard.Add(new Entry(observation.ItemId, observation.Previous[i], observation.TimeMs, observation.Weight / MathF.Sqrt(1 + i)));
            }
        }
    }

    /// <summary>Hands every waiting entry over and empties the buffer; one caller at a time.</summary>
    public void Drain(Action<Entry> take)
    {
        foreach (List<Entry> shard in _shards)
        {
            List<Entry> drained = _spare;
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

    /// <summary>An act with an item; or, with <paramref name="Previous"/>, an act with an item after one with another.</summary>
    internal readonly record struct Entry(string ItemId, string? Previous, long TimeMs, float Weight);
}
