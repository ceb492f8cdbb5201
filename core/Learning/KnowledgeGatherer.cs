using Footprint.Grid.Core.Hashing;
using Footprint.Grid.Core.Learning.Counts;
using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Core.Learning;

/// <summary>
/// Gathers what one process's clients of one tenant teach, by shards of knowledge, and gives it out as deltas. A pair of
/// items counts in the shard of each, so that a shard knows all about its own items.
/// </summary>
public sealed class KnowledgeGatherer
{
    /// <summary>Into how many parts a tenant's knowledge is split. Stored: to change it means to move what is there.</summary>
    public const int Shards = 8;

    /// <summary>Counts in one delta, give or take one item's; some 40 bytes each with ids of common length.</summary>
    public const int MostOfDelta = 20_000;

    // As much as deltas of half a minute may hold.
    private const int MostWaiting = 30 * MostOfDelta;

    private readonly ObservationBuffer _buffer = new();
    private readonly PickBuffer _picks = new();
    private readonly PlacementKeys _keys = new();
    private readonly KnowledgeSums[] _sums = [.. Enumerable.Range(0, Shards).Select(_ => new KnowledgeSums())];
    private readonly ClientCounts[] _counts = [.. Enumerable.Range(0, Shards).Select(_ => new ClientCounts())];
    private long _dropped;

    /// <summary>Observations lost because a shard took none for long or too many came.</summary>
    public long Dropped => _buffer.Dropped + _picks.Dropped + Interlocked.Read(ref _dropped);

    /// <summary>Which shard knows about an item.</summary>
    public static int Shard(string itemId) => (int)(XxHash64.Hash(itemId) % Shards);

    /// <summary>Cheap; safe from any thread.</summary>
    public void Observe(in ItemObservation observation) => _buffer.Add(observation);

    /// <summary>Takes picks that were shown, or what came of them. Cheap; safe from any thread.</summary>
    public void Observe(ReadOnlySpan<PickObservation> picks) => _picks.Add(picks);

    /// <inheritdoc cref="Observe(in ItemObservation)"/>
    public void Observe(StoredProbeCount difference) => _counts[Shard(difference.Topic)].Probes.Add(difference);

    /// <inheritdoc cref="Observe(in ItemObservation)"/>
    public void Observe(StoredSegmentCount difference) => _counts[Shard(difference.SegmentId)].Segments.Add(difference);

    /// <summary>Adds up what was observed since. One caller at a time.</summary>
    public void Gather()
    {
        _buffer.Drain(Add);
        _picks.Drain(Add);
    }

    /// <summary>The next delta for a shard; null when there is nothing to tell. One caller at a time.</summary>
    public KnowledgeDelta? Take(int shard, string source, ulong sequence, long nowMs)
    {
        KnowledgeDelta? delta = _sums[shard].Take(source, sequence, nowMs, MostOfDelta);
        _counts[shard].Take(() => delta ??= new KnowledgeDelta { Source = source, Sequence = sequence, TimeMs = nowMs });
        return delta;
    }

    private void Add(PickObservation pick)
    {
        KnowledgeSums ofItem = _sums[Shard(pick.ItemId)];
        if (ofItem.Size >= MostWaiting)
        {
            Interlocked.Increment(ref _dropped);
            return;
        }

        ofItem.AddItem(pick);
        _sums[Shard(_keys.Of(pick.Placement))].AddPlacement(pick);
    }

    private void Add(ObservationBuffer.Entry entry)
    {
        KnowledgeSums own = _sums[Shard(entry.ItemId)];
        if (own.Size >= MostWaiting)
        {
            Interlocked.Increment(ref _dropped);
        }
        else if (entry.Previous is null)
        {
            own.AddCount(entry.ItemId, entry.TimeMs, entry.Weight);
        }
        else if (entry.Previous != entry.ItemId)
        {
            own.AddPair(entry.ItemId, entry.Previous, entry.TimeMs, entry.Backwards);
            _sums[Shard(entry.Previous)].AddPair(entry.Previous, entry.ItemId, entry.TimeMs, entry.Weight);
        }
    }
}
