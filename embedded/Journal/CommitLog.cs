using Footprint.Grid.Embedded.Clients;
using Footprint.Grid.Engine;
using Footprint.Grid.Storage.V1;
using Google.Protobuf;
using Google.Rpc;

namespace Footprint.Grid.Embedded.Journal;

/// <summary>
/// Gathers what turns journal until the <see cref="Committer"/> takes it, and keeps the order of things: every entry has
/// a position, every segment a number, and every client with entries that no checkpoint holds stands in a queue by the
/// first segment of them.
/// </summary>
internal sealed class CommitLog(EmbeddedOptions options, TimeProvider time)
{
    private const int SpareSegments = 16;

    private readonly Lock _gate = new();
    private readonly Queue<JournalSegment> _sealed = new();
    private readonly Stack<JournalSegment> _spare = new();
    private readonly Queue<ClientSlot> _dirty = new();
    private readonly Queue<(long Lsn, int Bytes)> _journal = new();
    private JournalSegment? _open;
    private long _nextLsn = 1;
    private long _position;
    private long _pendingBytes;
    private long _journalBytes;
    private long _oldJournalBytes;
    private int _groups;
    private bool _idle;
    private string? _closed;

    /// <summary>Wakes the committer, which waits only after <see cref="Take"/> found nothing.</summary>
    public SemaphoreSlim Arrived { get; } = new(0);

    /// <summary>Bytes that wait to be written, or are being written.</summary>
    public long PendingBytes => Volatile.Read(ref _pendingBytes);

    /// <summary>Bytes of journal that no checkpoint covers, written or not.</summary>
    public long JournalBytes => Volatile.Read(ref _journalBytes) + Volatile.Read(ref _oldJournalBytes);

    /// <summary>Position of the last entry journalled.</summary>
    public long Position => Volatile.Read(ref _position);

    /// <summary>Whether a whole segment is full already, so that waiting for more gains nothing.</summary>
    public bool HasSealed { get; private set; }

    public void Open(long nextLsn, long journalBytes)
    {
        _nextLsn = nextLsn;
        _oldJournalBytes = journalBytes;
    }

    /// <summary>Refuses entries from now on.</summary>
    public void Close(string why)
    {
        lock (_gate)
        {
            _closed = why;
        }
    }

    /// <summary>Keeps an entry's bytes and makes its client dirty. The caller holds the slot.</summary>
    public void Append(ClientSlot slot, JournalEntry entry, bool inGroup = false)
    {
        // Serialised outside the gate, which then is held for a copy of some hundred bytes.
        ReadOnlySpan<byte> bytes = JournalEntryEncoder.Encode(entry);
        bytes = bytes.IsEmpty ? entry.ToByteArray() : bytes;
        bool wake;
        lock (_gate)
        {
            Refuse(bytes.Length, inGroup);
            JournalSegment segment = Add(slot, entry.Sequence, bytes);
            slot.LastPosition = ++_position;
            segment.LastPosition = _position;
            MakeDirty(slot, segment.Lsn);
            wake = _idle;
            _idle = false;
        }

        if (wake)
        {
            Arrived.Release();
        }
    }

    /// <summary>A loaded client whose journal no checkpoint holds; the store keeps its old entries until it is saved.</summary>
    public void MarkDirty(ClientSlot slot)
    {
        lock (_gate)
        {
            // Not the next segment's number, so that a pass through all segments so far takes it along.
            MakeDirty(slot, _open?.Lsn ?? _nextLsn - 1);
        }
    }

    /// <summary>
    /// What is appended until <see cref="EndGroup"/> becomes durable together; it is never refused for lack of room.
    /// Throws <see cref="GridException"/> when there is none now.
    /// </summary>
    public void BeginGroup()
    {
        lock (_gate)
        {
            Refuse(0, false);
            _groups++;
        }
    }

    public void EndGroup()
    {
        bool wake;
        lock (_gate)
        {
            wake = --_groups == 0 && _idle && _open is { Count: > 0 };
            if (wake)
            {
                _idle = false;
            }
        }

        if (wake)
        {
            Arrived.Release();
        }
    }

    /// <summary>Takes everything that waits, whole groups only. Nothing taken means that <see cref="Arrived"/> will tell.</summary>
    public void Take(List<JournalSegment> segments)
    {
        lock (_gate)
        {
            if (_groups == 0)
            {
                SealOpen(continues: false);
                while (_sealed.TryDequeue(out JournalSegment? segment))
                {
                    segments.Add(segment);
                }

                HasSealed = false;
            }

            _idle = segments.Count == 0;
        }
    }

    /// <summary>Segments that are durable now come back to be filled again.</summary>
    public void Written(List<JournalSegment> segments)
    {
        lock (_gate)
        {
            foreach (JournalSegment segment in segments)
            {
                _pendingBytes -= segment.Length;
                if (_spare.Count < SpareSegments && segment.Size == JournalSegment.Capacity)
                {
                    segment.Start(0);
                    _spare.Push(segment);
                }
            }
        }
    }

    /// <summary>Takes up to <paramref name="most"/> dirty clients, longest dirty first, as far as they became so up to the given segment or time.</summary>
    public void TakeDirty(List<ClientSlot> slots, int most, long throughLsn, long throughMs)
    {
        lock (_gate)
        {
            while (slots.Count < most && _dirty.TryPeek(out ClientSlot? slot)
                && (slot.FirstLsn <= throughLsn || slot.DirtySinceMs <= throughMs))
            {
                slots.Add(_dirty.Dequeue());
            }
        }
    }

    /// <summary>Ends the segment that is being filled and tells the last one's number: all entries so far are in it or before.</summary>
    public long SealNow()
    {
        lock (_gate)
        {
            SealOpen(continues: _groups > 0);
            return _nextLsn - 1;
        }
    }

    /// <summary>The lowest segment with an entry of a client that is still queued; the current one when none is.</summary>
    public long OldestDirtyLsn()
    {
        lock (_gate)
        {
            return _dirty.TryPeek(out ClientSlot? slot) ? slot.FirstLsn : _open?.Lsn ?? _nextLsn;
        }
    }

    /// <summary>Segments below are no longer in the store.</summary>
    public void Trimmed(long lsn, bool oldToo)
    {
        lock (_gate)
        {
            while (_journal.TryPeek(out (long Lsn, int Bytes) first) && first.Lsn < lsn)
            {
                _journalBytes -= _journal.Dequeue().Bytes;
            }

            _oldJournalBytes = oldToo ? 0 : _oldJournalBytes;
        }
    }

    private void Refuse(int size, bool inGroup)
    {
        if (_closed is not null)
        {
            throw new GridException(Code.Unavailable, _closed);
        }

        if (inGroup)
        {
            return;
        }

        if (_pendingBytes + size > options.MaxPendingBytes)
        {
            throw new GridException(Code.ResourceExhausted, $"{_pendingBytes} bytes of changes wait for the store, which is the most ({options.MaxPendingBytes}).");
        }

        if (JournalBytes + size > options.MaxJournalBytes * 2)
        {
            throw new GridException(Code.ResourceExhausted, $"The journal holds {JournalBytes} bytes, twice what it should ({options.MaxJournalBytes}); checkpoints lag behind.");
        }
    }

    private JournalSegment Add(ClientSlot slot, ulong sequence, ReadOnlySpan<byte> bytes)
    {
        JournalSegment segment = _open ??= Fresh();
        int before = segment.Length;
        if (!segment.TryAdd(slot, sequence, bytes))
        {
            SealOpen(continues: _groups > 0);
            HasSealed = true;
            segment = _open = Fresh();
            before = 0;
            segment.TryAdd(slot, sequence, bytes);
        }
        else if (segment.Count == 1)
        {
            before = 0;
        }

        _pendingBytes += segment.Length - before;
        _journalBytes += segment.Length - before;
        return segment;
    }

    private void SealOpen(bool continues)
    {
        if (_open is { Count: > 0 } segment)
        {
            segment.ContinuesInNext = continues;
            _journal.Enqueue((segment.Lsn, segment.Length));
            _sealed.Enqueue(segment);
            _open = null;
        }
    }

    private JournalSegment Fresh()
    {
        JournalSegment segment = _spare.TryPop(out JournalSegment? spare) ? spare : new JournalSegment();
        segment.Start(_nextLsn++);
        return segment;
    }

    private void MakeDirty(ClientSlot slot, long lsn)
    {
        if (!slot.Dirty)
        {
            slot.Dirty = true;
            slot.FirstLsn = lsn;
            slot.DirtySinceMs = time.GetUtcNow().ToUnixTimeMilliseconds();
            _dirty.Enqueue(slot);
        }
    }
}
