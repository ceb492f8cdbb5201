using Footprint.Grid.Core.Clients;
using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Clients;
using Footprint.Grid.Grains.Storage;
using Footprint.Grid.Storage.V1;
using Google.Protobuf;
using Google.Rpc;

namespace Footprint.Grid.Grains.Journal;

/// <summary>
/// One client in memory and the way of its changes to Redis. One write is under way at a time; what changes meanwhile
/// shares the next. Each write says what it goes onto, so of two that believe to own a client only one goes on; the other
/// is dead from then on and has acknowledged nothing that is not kept. Used from one thread at a time.
/// </summary>
internal sealed class LiveClient : IJournal
{
    private readonly ClientServices _services;
    private readonly Action _leave;
    private readonly string _name;
    private readonly CheckpointRule _rule;
    private List<byte[]> _pending = [];
    private AppendGroup? _partner;
    private int _pendingBytes;
    private TaskCompletionSource<bool>? _pendingDone;
    private TaskCompletionSource<bool>? _writingDone;
    private ulong _writing;
    private ulong _durable;
    private TaskCompletionSource<bool>? _wantedDone;
    private string _etag;
    private Grave _grave;
    private int _length;
    private long _journalBytes;
    private int _profileBytes;
    private long _oldestMs;
    private bool _wantsCheckpoint;
    private Task _writes = Task.CompletedTask;

    /// <param name="leave">Called when the client is not to stay in memory: somebody else wrote it, or it was erased.</param>
    public LiveClient(ClientActor actor, StoredClient stored, long epoch, Action leave, ClientServices services)
    {
        (Actor, Epoch, _leave, _services) = (actor, epoch, leave, services);
        (_etag, _grave) = (stored.Etag, stored.Grave);
        _name = actor.Key.ToString();
        _rule = new CheckpointRule(services.Options.CheckpointBytes, services.Options.CheckpointAfter);
        _durable = actor.JournalSequence;
        _length = stored.Journal.Count;
        _profileBytes = stored.Checkpoint.Length;
        foreach (ReadOnlyMemory<byte> entry in stored.Journal)
        {
            _journalBytes += entry.Length;
        }

        _oldestMs = _length > 0 ? services.NowMs : 0;
        services.Metrics.Resident(1);
    }

    public ClientActor Actor { get; }

    /// <summary>Of the hold on Redis under which it was read.</summary>
    public long Epoch { get; }

    /// <summary>Somebody else wrote the client: what is in memory is not to be used any more.</summary>
    public bool IsDead { get; private set; }

    /// <summary>Shown something since the last checkpoint, which is not journalled.</summary>
    public bool Shown { get; set; }

    /// <summary>Whether nothing waits to be written or is being written.</summary>
    public bool IsSettled => _durable == Actor.JournalSequence && _writes.IsCompleted;

    /// <summary>What the next append of this client goes onto; only while it is settled.</summary>
    public AppendGroup Tail(List<byte[]> entries) => new(_name, _etag, _length, _grave, entries);

    public void Append(ClientKey client, JournalEntry entry)
    {
        ReadOnlySpan<byte> encoded = JournalEntryEncoder.Encode(entry);
        byte[] bytes = encoded.IsEmpty ? entry.ToByteArray() : encoded.ToArray();
        _services.Pump.Reserve(bytes.Length);
        _pending.Add(bytes);
        _pendingBytes += bytes.Length;
    }

    /// <summary>What is journalled next is written together with this or not at all.</summary>
    public void JoinNext(AppendGroup partner) => _partner = partner;

    /// <summary>Sets going what the turn journalled.</summary>
    public void Flush()
    {
        if (_pending.Count > 0 && _writes.IsCompleted && !IsDead)
        {
            _writes = WriteAsync();
        }
    }

    /// <summary>
    /// Has the profile written anew soon, and all that it does not hold any more removed. True when that is done; false
    /// when it never will be.
    /// </summary>
    public Task<bool> CheckpointAsync()
    {
        if (IsDead)
        {
            return Task.FromResult(false);
        }

        _wantsCheckpoint = true;
        Task<bool> done = (_wantedDone ??= NewWait()).Task;
        if (_writes.IsCompleted)
        {
            _writes = WriteAsync();
        }

        return done;
    }

    /// <summary>Ends when nothing waits to be written any more, or when the client is dead.</summary>
    public Task Settled => _writes;

    /// <summary>Writes all there is, and what was shown and not journalled with it.</summary>
    public Task SaveAsync()
    {
        if (!IsDead && (_length > 0 || _pending.Count > 0 || Shown))
        {
            _ = CheckpointAsync();
        }

        return _writes;
    }

    /// <summary>True when all changes so far are in Redis; false when they never will be.</summary>
    public Task<bool> WhenDurable()
    {
        ulong sequence = Actor.JournalSequence;
        return sequence <= _durable ? Task.FromResult(true)
            : IsDead ? Task.FromResult(false)
            : (sequence <= _writing ? _writingDone ??= NewWait() : _pendingDone ??= NewWait()).Task;
    }

    /// <summary>Drops the client; whoever waits is told.</summary>
    public void Die()
    {
        if (IsDead)
        {
            return;
        }

        IsDead = true;
        _services.Pump.Forget(_pendingBytes);
        _pending.Clear();
        _pendingBytes = 0;
        _writingDone?.TrySetResult(false);
        _pendingDone?.TrySetResult(false);
        _wantedDone?.TrySetResult(false);
        _services.Metrics.Resident(-1);
    }

    /// <exception cref="GridException"><c>UNAVAILABLE</c></exception>
    public static GridException Lost() => new(
        Code.Unavailable, "The client moved while this was under way; what was not acknowledged as durable may not be kept. Send it again.");

    private static TaskCompletionSource<bool> NewWait() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task WriteAsync()
    {
        while (!IsDead && (_pending.Count > 0 || _wantsCheckpoint))
        {
            // A checkpoint holds only what the append before it made sure of: else of two that believe to own the client
            // one could write into the profile what the other's journal never held.
            ulong sequence = Actor.JournalSequence;
            bool isErased = Actor.Profile.IsTombstone;
            byte[]? profile = TakeCheckpoint(out TaskCompletionSource<bool>? wanted);
            bool isMine = _pending.Count == 0 || await AppendAsync(sequence);
            if (isMine && profile is not null && !IsDead)
            {
                isMine = await (isErased ? BuryAsync(profile) : ReplaceAsync(profile));
            }

            wanted?.TrySetResult(isMine && !IsDead);
            if (!isMine)
            {
                Conflict();
                return;
            }
        }
    }

    private byte[]? TakeCheckpoint(out TaskCompletionSource<bool>? wanted)
    {
        wanted = null;
        if (!_wantsCheckpoint && !_rule.IsDue(_journalBytes + _pendingBytes, _profileBytes, _oldestMs, _services.NowMs))
        {
            return null;
        }

        (wanted, _wantedDone) = (_wantedDone, null);
        _wantsCheckpoint = false;
        Shown = false;
        return Actor.Checkpoint();
    }

    private async Task<bool> AppendAsync(ulong sequence)
    {
        List<byte[]> entries = _pending;
        int bytes = _pendingBytes;
        var append = new PendingAppend(Tail(entries), _partner);
        (_pending, _pendingBytes, _partner) = ([], 0, null);
        (_writing, _writingDone, _pendingDone) = (sequence, _pendingDone, null);
        if (!await _services.Pump.AppendAsync(append))
        {
            return false;
        }

        _length += entries.Count;
        _journalBytes += bytes;
        _oldestMs = _oldestMs == 0 ? _services.NowMs : _oldestMs;
        _durable = sequence;
        _writingDone?.TrySetResult(true);
        _writingDone = null;
        return true;
    }

    private async Task<bool> ReplaceAsync(byte[] profile)
    {
        string? etag = await CheckpointWriter.WriteAsync(Tail([]), profile, this, _services);
        if (etag is null)
        {
            return false;
        }

        Wrote(etag, profile);
        return true;
    }

    // Not to stay: who is in memory stands in the cluster's directory by its id.
    private async Task<bool> BuryAsync(byte[] tombstone)
    {
        if (!await CheckpointWriter.BuryAsync(Tail([]), tombstone, this, _services))
        {
            return false;
        }

        _grave = _grave with { Tombstone = tombstone };
        Wrote("", tombstone);
        _leave();
        return true;
    }

    private void Wrote(string etag, byte[] profile)
    {
        (_etag, _length, _journalBytes, _oldestMs, _profileBytes) = (etag, 0, 0, 0, profile.Length);
        _services.Metrics.Checkpointed();
    }

    private void Conflict()
    {
        if (!IsDead)
        {
            _services.Metrics.Conflicted();
            Die();
            _leave();
        }
    }
}
