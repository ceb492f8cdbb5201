using Footprint.Grid.Storage.V1;
using Google.Protobuf.Collections;

namespace Footprint.Grid.Core.Profiles;

/// <summary>
/// The segments that a client is in, and the last ones that it was in, in the order of their ids. Past the bound the one goes
/// that was left first.
/// </summary>
internal sealed class SegmentMemberships
{
    // Replaced by each change; most clients share the empty one.
    private Entry[] _entries = [];

    public ReadOnlySpan<Entry> All => _entries;

    public bool IsIn(string segmentId) => Search(segmentId) is >= 0 and var at && _entries[at].IsIn;

    /// <summary>Whether it counts in some segment's size.</summary>
    public bool IsCounted => Array.Exists(_entries, e => e.IsCounted);

    public void Enter(string segmentId, long timeMs) => Put(new Entry(segmentId, timeMs, 0, IsCounted: false));

    public void Leave(string segmentId, long timeMs)
    {
        if (Search(segmentId) is >= 0 and var at)
        {
            Put(_entries[at] with { LeftMs = timeMs, IsCounted = false });
        }
    }

    /// <summary>Whether the client counts in the size of a segment that it is in.</summary>
    public void Count(string segmentId, bool counts)
    {
        if (Search(segmentId) is >= 0 and var at && _entries[at].IsIn)
        {
            Put(_entries[at] with { IsCounted = counts });
        }
    }

    /// <summary>The client counts in no size any more.</summary>
    public void StopCounting() => _entries = Array.ConvertAll(_entries, e => e with { IsCounted = false });

    /// <summary>Of both: in it when one is, since the first of them entered; else left when the last of them did.</summary>
    public void Merge(SegmentMemberships other)
    {
        foreach (Entry theirs in other._entries)
        {
            int at = Search(theirs.SegmentId);
            Put(at < 0 ? theirs : new Entry(
                theirs.SegmentId,
                Math.Min(_entries[at].EnteredMs, theirs.EnteredMs),
                _entries[at].IsIn || theirs.IsIn ? 0 : Math.Max(_entries[at].LeftMs, theirs.LeftMs),
                _entries[at].IsCounted || theirs.IsCounted));
        }
    }

    public void Save(RepeatedField<StoredSegment> to)
    {
        foreach (Entry entry in _entries)
        {
            to.Add(new StoredSegment { SegmentId = entry.SegmentId, EnteredMs = entry.EnteredMs, LeftMs = entry.LeftMs, Counted = entry.IsCounted });
        }
    }

    public void Load(RepeatedField<StoredSegment> from, SharedStrings strings)
    {
        foreach (StoredSegment stored in from)
        {
            Put(new Entry(strings.Share(stored.SegmentId), stored.EnteredMs, stored.LeftMs, stored.Counted && stored.LeftMs == 0));
        }
    }

    private void Put(in Entry entry)
    {
        int at = Search(entry.SegmentId);
        if (at >= 0)
        {
            _entries = [.. _entries.AsSpan(0, at), entry, .. _entries.AsSpan(at + 1)];
            return;
        }

        _entries = [.. _entries.AsSpan(0, ~at), entry, .. _entries.AsSpan(~at)];
        if (_entries.Length > ProfileLimits.Segments)
        {
            int first = FirstLeft();
            _entries = [.. _entries.AsSpan(0, first), .. _entries.AsSpan(first + 1)];
        }
    }

    // With none left, which takes more segments than a tenant may have, the one that was entered first.
    private int FirstLeft()
    {
        int first = 0;
        for (int i = 1; i < _entries.Length; i++)
        {
            if (Order(_entries[i]).CompareTo(Order(_entries[first])) < 0)
            {
                first = i;
            }
        }

        return first;

        static (bool, long) Order(in Entry entry) => (entry.IsIn, entry.IsIn ? entry.EnteredMs : entry.LeftMs);
    }

    // The complement of where it would go when it is not there.
    private int Search(string segmentId) => Search(_entries, segmentId);

    /// <inheritdoc cref="Search(string)"/>
    internal static int Search(ReadOnlySpan<Entry> entries, string segmentId) => entries.BinarySearch(new ById(segmentId));

    private readonly record struct ById(string SegmentId) : IComparable<Entry>
    {
        public int CompareTo(Entry other) => string.CompareOrdinal(SegmentId, other.SegmentId);
    }

    /// <param name="SegmentId">Of the segment.</param>
    /// <param name="EnteredMs">When it was found out that the client is in it.</param>
    /// <param name="LeftMs">Likewise that it is not any more; 0 as long as it is.</param>
    /// <param name="IsCounted">Whether it counts in the segment's size; only of one that the client is in.</param>
    internal readonly record struct Entry(string SegmentId, long EnteredMs, long LeftMs, bool IsCounted)
    {
        public bool IsIn => LeftMs == 0;
    }
}
