namespace Footprint.Grid.Grains.Journal;

/// <summary>
/// When a profile is written anew. To write it costs as much as to journal as many bytes as it has, so it waits until the
/// journal is twice as long: whatever is sent, Redis is given at most half as many bytes again as the journal alone.
/// </summary>
internal readonly record struct CheckpointRule(int Bytes, TimeSpan Age)
{
    public bool IsDue(long journalBytes, int profileBytes, long oldestMs, long nowMs) =>
        journalBytes >= Math.Max(Bytes, 2L * profileBytes) || (oldestMs > 0 && nowMs - oldestMs >= Age.TotalMilliseconds);
}
