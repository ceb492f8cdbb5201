namespace Footprint.Grid.Core.Learning.Outcomes;

/// <summary>Picks and what came of them on their way to the learner.</summary>
internal sealed class PickBuffer
{
    private readonly ShardedBuffer<PickObservation> _picks = new(1 << 16, pick => pick.TimeMs);

    /// <inheritdoc cref="ShardedBuffer{T}.Dropped"/>
    public long Dropped => _picks.Dropped;

    /// <summary>All of them or, when there is no room, none.</summary>
    public void Add(ReadOnlySpan<PickObservation> picks)
    {
        if (!picks.IsEmpty)
        {
            // By the time as well: one placement's decisions need not share a lock.
            _picks.Add(picks[0].ItemId.GetHashCode(StringComparison.Ordinal) ^ (int)picks[0].TimeMs, picks, observations: picks.Length);
        }
    }

    /// <inheritdoc cref="ShardedBuffer{T}.Drain"/>
    public void Drain(Action<PickObservation> take) => _picks.Drain(take);
}
