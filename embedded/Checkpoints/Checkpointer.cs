using Footprint.Grid.Core.Storage;
using Footprint.Grid.Embedded.Clients;
using Footprint.Grid.Embedded.Journal;
using Footprint.Grid.Embedded.Metrics;
using Footprint.Grid.Embedded.Stores;
using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Embedded.Checkpoints;

/// <summary>
/// Writes whole profiles behind the journal, so that the journal can be cut. Lazy on purpose: writing a profile costs as
/// much as journalling dozens of events, so a profile waits until its oldest entry is old, the journal is large, memory
/// is short or somebody was erased, and then takes all its events with it at once.
/// </summary>
/// <remarks>
/// A checkpoint is written only when the journal entries in it are durable. Else a crash between the two could keep one
/// half of a link and lose the other.
/// </remarks>
internal sealed partial class Checkpointer(
    CommitLog log,
    Committer committer,
    ResidentBound bound,
    IGridStore store,
    EmbeddedOptions options,
    TimeProvider time,
    TombstoneKeys tombstones,
    EngineMetrics metrics,
    ILogger<Checkpointer> logger) : IDisposable
{
    private const int BatchSize = 1024;
    private const int BatchesPerTrim = 16;
    private const long PatienceMs = 250;
    private static readonly TimeSpan _tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _nudge = new(0);
    private readonly List<ClientSlot> _slots = new(BatchSize);
    private readonly List<CheckpointRow> _rows = new(BatchSize);
    private long _throughLsn;
    private long _wipeLsn;
    private long _wipedLsn;
    private long _oldLsn = long.MaxValue;

    /// <summary>After an erasure: everything journalled so far goes into checkpoints and leaves the journal's files.</summary>
    public void Wipe()
    {
        long lsn = log.SealNow();
        InterlockedMax(ref _wipeLsn, lsn);
        InterlockedMax(ref _throughLsn, lsn);
        _nudge.Release();
    }

    /// <summary>All clients whose journal the store found at its opening are in memory, so they are saved like any other's.</summary>
    public void OldOnesLoaded()
    {
        long lsn = log.SealNow();
        Volatile.Write(ref _oldLsn, lsn);
        InterlockedMax(ref _throughLsn, lsn);
        _nudge.Release();
    }

    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await _nudge.WaitAsync(_tick, stop);
                await PassAsync(stop);
                bound.Sweep(BatchSize);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    /// <summary>Saves everything there is; for a shutdown, when <see cref="RunAsync"/> has ended.</summary>
    public async Task SaveAllAsync(CancellationToken cancel)
    {
        Volatile.Write(ref _throughLsn, long.MaxValue);
        await PassAsync(cancel);
    }

    public void Dispose() => _nudge.Dispose();

    private static void InterlockedMax(ref long target, long value)
    {
        for (long seen = Volatile.Read(ref target); value > seen;)
        {
            seen = Interlocked.CompareExchange(ref target, value, seen);
        }
    }

    private async Task PassAsync(CancellationToken cancel)
    {
        // Fixed for the pass: clients that become dirty while it goes on are the next one's.
        long throughLsn = Volatile.Read(ref _throughLsn);
        long wipe = Volatile.Read(ref _wipeLsn);
        if (log.JournalBytes > options.MaxJournalBytes / 4 * 3 || bound.WaitsForCheckpoints)
        {
            throughLsn = Math.Max(throughLsn, log.SealNow());
        }

        long throughMs = time.GetUtcNow().ToUnixTimeMilliseconds() - (long)options.CheckpointAfter.TotalMilliseconds;
        int batches = 0;
        while (TakeBatch(throughLsn, throughMs))
        {
            await SaveAsync(cancel);
            bound.Sweep(BatchSize);
            if (++batches % BatchesPerTrim == 0)
            {
                await TrimAsync(false, cancel);
            }
        }

        if (batches > 0 || wipe > _wipedLsn)
        {
            bool old = await TrimAsync(wipe > _wipedLsn, cancel);
            _wipedLsn = old ? _wipedLsn : wipe;
        }
    }

    private bool TakeBatch(long throughLsn, long throughMs)
    {
        log.TakeDirty(_slots, BatchSize, throughLsn, throughMs);
        return _slots.Count > 0;
    }

    private async Task SaveAsync(CancellationToken cancel)
    {
        long position = Capture();
        TimeSpan pause = TimeSpan.FromMilliseconds(50);
        while (true)
        {
            try
            {
                while (!await committer.WaitAsync(position, time.GetUtcNow().ToUnixTimeMilliseconds() + PatienceMs))
                {
                    cancel.ThrowIfCancellationRequested();
                }

                await store.SaveAsync(_rows, cancel);
                break;
            }
            catch (Exception e) when (!cancel.IsCancellationRequested)
            {
                LogFailed(logger, e, _rows.Count);
                metrics.StoreFailed("checkpoint");
            }

            await Task.Delay(pause, time, cancel);
            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, _longestPause.Ticks));
        }

        metrics.Checkpointed(_rows.Count);
        foreach (ClientSlot slot in _slots)
        {
            lock (slot)
            {
                slot.Saving = false;
            }
        }

        _slots.Clear();
        _rows.Clear();
    }

    private long Capture()
    {
        long position = 0;
        foreach (ClientSlot slot in _slots)
        {
            lock (slot)
            {
                byte[] data = slot.Actor!.Checkpoint();
                slot.Dirty = false;
                slot.Shown = false;
                slot.Saving = true;
                bound.Resized(slot, ProfileSize.Estimate(data.Length));
                position = Math.Max(position, slot.LastPosition);
                byte[]? tombstone = slot.Actor.Profile.IsTombstone ? tombstones.Of(slot.Key) : null;
                _rows.Add(new CheckpointRow(slot, slot.Actor.JournalSequence, data, tombstone, slot.Actor.Profile.ErasedAtMs > 0));
            }
        }

        return position;
    }

    /// <summary>True while entries from before the start are still needed, or nothing could be cut.</summary>
    private async Task<bool> TrimAsync(bool wipe, CancellationToken cancel)
    {
        long lsn = log.OldestDirtyLsn();
        bool old = lsn <= Volatile.Read(ref _oldLsn);
        try
        {
            await store.TrimAsync(lsn, wipe, cancel);
            log.Trimmed(lsn, !old);
            return old;
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            // What could not be cut now is cut with the next pass.
            LogTrimFailed(logger, e);
            metrics.StoreFailed("trim");
            return true;
        }
    }
}
