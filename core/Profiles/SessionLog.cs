using Footprint.Grid.Storage.V1;
using Google.Protobuf.Collections;

namespace Footprint.Grid.Core.Profiles;

/// <summary>
/// The client's last sessions: runs of events less than half an hour apart. Whatever the order of arrival, the runs are
/// those of the sorted times, since a late event joins the runs that it lies between.
/// </summary>
internal sealed class SessionLog
{
    public const long GapMs = 30 * 60 * 1000;

    private readonly List<Span> _spans = new(1);

    /// <summary>The latest session, or null before the first event.</summary>
    public Span? Latest => _spans.Count == 0 ? null : _spans[^1];

    public void Add(long timeMs) => Add(new Span(timeMs, timeMs, 1));

    public void Merge(SessionLog other)
    {
        foreach (Span span in other._spans)
        {
            Add(span);
        }
    }

    public void Save(RepeatedField<StoredSession> to)
    {
        foreach (Span s in _spans)
        {
            to.Add(new StoredSession { StartMs = s.StartMs, LastMs = s.LastMs, Events = s.Events });
        }
    }

    public void Load(RepeatedField<StoredSession> from)
    {
        foreach (StoredSession s in from)
        {
            _spans.Add(new Span(s.StartMs, s.LastMs, s.Events));
        }
    }

    private void Add(Span added)
    {
        int at = _spans.Count;
        while (at > 0 && _spans[at - 1].LastMs >= added.StartMs - GapMs)
        {
            at--;
        }

        int end = at;
        while (end < _spans.Count && _spans[end].StartMs <= added.LastMs + GapMs)
        {
            Span other = _spans[end++];
            added = new Span(Math.Min(added.StartMs, other.StartMs), Math.Max(added.LastMs, other.LastMs), added.Events + other.Events);
        }

        if (end - at == 1)
        {
            _spans[at] = added;
            return;
        }

        _spans.RemoveRange(at, end - at);
        _spans.Insert(at, added);
        if (_spans.Count > ProfileLimits.Sessions)
        {
            _spans.RemoveAt(0);
        }
    }

    internal readonly record struct Span(long StartMs, long LastMs, ulong Events);
}
