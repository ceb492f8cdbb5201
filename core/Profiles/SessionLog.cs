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

    // Replaced when a session comes or goes.
    private Span[] _spans = [];

    /// <summary>The latest session, or null before the first event.</summary>
    public Span? Latest => _spans.Length == 0 ? null : _spans[^1];

    /// <summary>Asks for the latest session.</summary>
    public void PrefetchTurn()
    {
        Span[] spans = _spans;
        Memory.Prefetch.Span<Span>(spans.AsSpan(Math.Max(0, spans.Length - 1)));
    }

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
        _spans = [.. from.Select(s => new Span(s.StartMs, s.LastMs, s.Events))];
    }

    private void Add(Span added)
    {
        int at = _spans.Length;
        while (at > 0 && _spans[at - 1].LastMs >= added.StartMs - GapMs)
        {
            at--;
        }

        int end = at;
        while (end < _spans.Length && _spans[end].StartMs <= added.LastMs + GapMs)
        {
            Span other = _spans[end++];
            added = new Span(Math.Min(added.StartMs, other.StartMs), Math.Max(added.LastMs, other.LastMs), added.Events + other.Events);
        }

        if (end - at == 1)
        {
            _spans[at] = added;
            return;
        }

        Span[] spans = [.. _spans.AsSpan(0, at), added, .. _spans.AsSpan(end)];
        _spans = spans.Length > ProfileLimits.Sessions ? spans[1..] : spans;
    }

    internal readonly record struct Span(long StartMs, long LastMs, ulong Events);
}
