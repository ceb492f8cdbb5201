using Google.Protobuf.Collections;

namespace Footprint.Grid.Core.Profiles;

/// <summary>
/// The last 1,024 event ids of a client, as 64-bit hashes in the order they came. Two ids share a hash with a chance of
/// 1024 / 2^64 per event; such an event would be taken for a repeat.
/// </summary>
internal sealed class DedupWindow
{
    private const int Smallest = 8;
    private ulong[] _ring = [];
    private int _next;

    public int Count { get; private set; }

    /// <summary>Asks for the first ids; the processor itself goes on from there.</summary>
    public void PrefetchTurn()
    {
        ulong[] ring = _ring;
        Memory.Prefetch.Span<ulong>(ring.AsSpan(0, Math.Min(ring.Length, 32)));
    }

    // A vector scan of at most 8 KiB beats a hash set, in time up to the bound and in memory always.
    public bool Contains(ulong id) => _ring.AsSpan(0, Count).Contains(id);

    public void Add(ulong id)
    {
        if (Count == ProfileLimits.RememberedEvents)
        {
            _ring[_next] = id;
            _next = (_next + 1) % ProfileLimits.RememberedEvents;
            return;
        }

        if (Count == _ring.Length)
        {
            Array.Resize(ref _ring, Math.Min(ProfileLimits.RememberedEvents, Math.Max(Smallest, Count + (Count >> 1))));
        }

        _ring[Count++] = id;
    }

    /// <summary>Takes the other's ids for its own; past the bound the ones that it had first go first.</summary>
    public void Merge(DedupWindow other)
    {
        for (int i = 0; i < other.Count; i++)
        {
            ulong id = other.At(i);
            if (!Contains(id))
            {
                Add(id);
            }
        }
    }

    public void Save(RepeatedField<ulong> to)
    {
        to.Capacity = Count;
        for (int i = 0; i < Count; i++)
        {
            to.Add(At(i));
        }
    }

    public void Load(RepeatedField<ulong> from)
    {
        _ring = new ulong[Math.Min(from.Count, ProfileLimits.RememberedEvents)];
        foreach (ulong id in from)
        {
            Add(id);
        }
    }

    private ulong At(int i) => _ring[(_next + i) % Count];
}
