namespace Footprint.Grid.Grains.Journal;

/// <summary>One append on its way to Redis, of one client or of two that are linked.</summary>
internal sealed class PendingAppend(AppendGroup own, AppendGroup? partner)
{
    private readonly TaskCompletionSource<bool> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public AppendGroup Own { get; } = own;

    public AppendGroup? Partner { get; } = partner;

    /// <summary>Entries of all groups.</summary>
    public int Count { get; } = own.Entries.Count + (partner?.Entries.Count ?? 0);

    /// <summary>Bytes of the client's own entries, for which room was made.</summary>
    public int Bytes { get; } = Size(own);

    /// <summary>True when it is in the journal; false when somebody else wrote there, and it never will be.</summary>
    public Task<bool> Done => _done.Task;

    public void Complete(bool done) => _done.TrySetResult(done);

    private static int Size(in AppendGroup group)
    {
        int bytes = 0;
        foreach (byte[] entry in group.Entries)
        {
            bytes += entry.Length;
        }

        return bytes;
    }
}
