using Footprint.Grid.Grains.Storage;
using Footprint.Grid.Storage.V1;
using Google.Protobuf;
using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Grains.Knowledge;

/// <summary>
/// One shard's log: 1. deltas that wait are appended in one script call, each source's once; 2. those who follow get
/// them, those who sent them hear that they are durable; 3. now and then the entries are added to the stored items and
/// dropped. Runs on the grain's turns.
/// </summary>
internal sealed partial class KnowledgeLog(KnowledgeStore store, StoredRoom room, TimeProvider time, string name, ILogger<KnowledgeGrain> logger)
{
    public static readonly TimeSpan FoldAfter = TimeSpan.FromSeconds(30);

    private const int FoldEntries = 1024;
    private const int FoldBytes = 4 << 20;
    private const int MostTailBytes = 8 << 20;
    private const int MostAtOnce = 64;
    private const int MostWaiting = 1024;
    private const int MostSources = 1024;

    private readonly Queue<(KnowledgeDelta Delta, byte[] Bytes, TaskCompletionSource Done)> _waiting = new();
    private readonly Dictionary<string, (ulong Sequence, long TimeMs)> _sources = new(StringComparer.Ordinal);
    private readonly Queue<(ulong Entry, byte[] Bytes)> _tail = new();
    private readonly List<byte[]> _unfolded = [];
    private StoredKnowledgeShard? _head;
    private TaskCompletionSource _changed = New();
    private int _tailBytes;
    private int _unfoldedBytes;
    private long _foldedAt;
    private long _epoch;
    private bool _isStale = true;
    private bool _isWorking;

    /// <summary>Number of the last entry.</summary>
    public ulong Last { get; private set; }

    /// <summary>Completes when there is another last entry.</summary>
    public Task Changed => _changed.Task;

    /// <summary>Completes when the delta is durable.</summary>
    /// <exception cref="StoreException">It may be durable or not: send it again. Or too many wait.</exception>
    public Task AddAsync(KnowledgeDelta delta, byte[] bytes)
    {
        if (_waiting.Count == MostWaiting)
        {
            throw new StoreException("Too many deltas wait already.");
        }

        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Enqueue((delta, bytes, done));
        Work();
        return done.Task;
    }

    /// <summary>Reads what is stored, unless that was done.</summary>
    /// <exception cref="StoreException">It cannot be read.</exception>
    public Task OpenAsync()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_isStale && store.Epoch == _epoch)
        {
            return Task.CompletedTask;
        }

        _waiting.Enqueue((new KnowledgeDelta(), [], done));
        Work();
        return done.Task;
    }

    /// <summary>Entries after one, at least one and then about so many bytes; false when they are no more known.</summary>
    public bool TryRead(ulong from, int mostBytes, ICollection<KnowledgeEntry> into)
    {
        foreach ((ulong entry, byte[] bytes) in _tail)
        {
            if (entry > from)
            {
                if (into.Count == 0 && entry != from + 1)
                {
                    return false;
                }

                if (into.Count > 0 && mostBytes < bytes.Length)
                {
                    break;
                }

                into.Add(new KnowledgeEntry { Entry = entry, Delta = UnsafeByteOperations.UnsafeWrap(bytes) });
                mostBytes -= bytes.Length;
            }
        }

        return into.Count > 0;
    }

    /// <summary>Folds when it is time; for a timer.</summary>
    public void Tick()
    {
        if (MustFold())
        {
            Work();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Work()
    {
        if (!_isWorking)
        {
            _isWorking = true;
            _ = WorkAsync();
        }
    }

    private async Task WorkAsync()
    {
        await Task.Yield();
        do
        {
            var batch = new List<(KnowledgeDelta Delta, byte[] Bytes, TaskCompletionSource Done)>();
            while (batch.Count < MostAtOnce && _waiting.TryDequeue(out (KnowledgeDelta Delta, byte[] Bytes, TaskCompletionSource Done) next))
            {
                batch.Add(next);
            }

            try
            {
                if (_isStale || store.Epoch != _epoch)
                {
                    await ReadAsync();
                }

                await AppendAsync([.. batch.Where(d => d.Bytes.Length > 0).Select(d => (d.Delta, d.Bytes))]);
                batch.ForEach(d => d.Done.TrySetResult());
                if (MustFold())
                {
                    await FoldAsync();
                }
            }
            catch (Exception e)
            {
                // Whether the store did it is not known: look there before the next write.
                _isStale = true;
                LogFailed(logger, e, name);
                batch.ForEach(d => d.Done.TrySetException(new StoreException("The store does not take knowledge now.", e)));
            }
        }
        while (_waiting.Count > 0);
        _isWorking = false;
    }

    private async Task AppendAsync(List<(KnowledgeDelta Delta, byte[] Bytes)> deltas)
    {
        var fresh = new List<(KnowledgeDelta Delta, byte[] Bytes)>();
        foreach ((KnowledgeDelta delta, byte[] bytes) in deltas)
        {
            bool isKnown = (_sources.TryGetValue(delta.Source, out (ulong Sequence, long) known) && delta.Sequence <= known.Sequence)
                || fresh.Exists(f => f.Delta.Source == delta.Source && f.Delta.Sequence >= delta.Sequence);
            if (!isKnown)
            {
                fresh.Add((delta, bytes));
            }
        }

        if (fresh.Count == 0)
        {
            return;
        }

        if (!await store.TryAppendAsync(Last, [.. fresh.Select(f => f.Bytes)], CancellationToken.None))
        {
            throw new StoreException("Somebody else wrote the log at the same time.");
        }

        foreach ((KnowledgeDelta delta, byte[] bytes) in fresh)
        {
            Take(delta, bytes);
        }

        Signal();
    }

    private void Take(KnowledgeDelta delta, byte[] bytes)
    {
        Last++;
        _sources[delta.Source] = (delta.Sequence, time.GetUtcNow().ToUnixTimeMilliseconds());
        _unfolded.Add(bytes);
        _unfoldedBytes += bytes.Length;
        _tail.Enqueue((Last, bytes));
        _tailBytes += bytes.Length;
        while (_tailBytes > MostTailBytes && _tail.Count > 1)
        {
            _tailBytes -= _tail.Dequeue().Bytes.Length;
        }
    }

    private void Signal()
    {
        TaskCompletionSource changed = _changed;
        _changed = New();
        changed.TrySetResult();
    }

    private bool MustFold() => _unfolded.Count > 0
        && (_unfolded.Count >= FoldEntries || _unfoldedBytes >= FoldBytes || time.GetElapsedTime(_foldedAt) >= FoldAfter);

    private async Task ReadAsync()
    {
        long epoch = store.Epoch;
        (StoredKnowledgeShard? head, ulong last, byte[][] log) = await store.ReadAsync(CancellationToken.None);
        if (head is null && last == 0)
        {
            (head, last) = await TakeOverAsync();
        }

        _sources.Clear();
        foreach (StoredKnowledgeShard.Types.Source source in head?.Sources ?? [])
        {
            _sources[source.Source_] = (source.Sequence, source.TimeMs);
        }

        _head = head;
        _tail.Clear();
        _unfolded.Clear();
        (_tailBytes, _unfoldedBytes) = (0, 0);
        Last = last - (ulong)log.Length;
        foreach (byte[] bytes in log)
        {
            Take(KnowledgeDelta.Parser.ParseFrom(bytes), bytes);
        }

        (_isStale, _epoch, _foldedAt) = (false, epoch, time.GetTimestamp());
        Signal();
    }

    private static void Expect(bool isWritten)
    {
        if (!isWritten)
        {
            throw new StoreException("Somebody else wrote the log at the same time.");
        }
    }
}
