using Footprint.Grid.Core.Consent;
using Footprint.Grid.Storage.V1;
using Google.Protobuf.Collections;

namespace Footprint.Grid.Core.Profiles;

/// <summary>
/// The client's last sessions: runs of events less than half an hour apart. Whatever the order of arrival, the runs are
/// those of the sorted times, since a late event joins the runs that it lies between. Runs are kept for the acts of each set of
/// data categories by themselves, so that those which may not be kept leave nothing in the others; where they meet they are one
/// session.
/// </summary>
internal sealed class SessionLog
{
    public const long GapMs = 30 * 60 * 1000;

    // By categories and start; replaced when a run comes or goes.
    private Span[] _spans = [];

    public bool IsEmpty => _spans.Length == 0;

    /// <summary>The latest session, or null before the first event.</summary>
    public Span? Latest
    {
        get
        {
            if (IsEmpty)
            {
                return null;
            }

            long last = long.MinValue;
            foreach (Span span in _spans)
            {
                last = Math.Max(last, span.LastMs);
            }

            // Each run that is within reach may bring further ones.
            long start = last;
            for (long before = long.MaxValue; start < before;)
            {
                before = start;
                foreach (Span span in _spans)
                {
                    start = span.LastMs >= before - GapMs ? Math.Min(start, span.StartMs) : start;
                }
            }

            var session = new Span(start, last, 0, DataCategories.None);
            foreach (Span span in _spans)
            {
                session = span.LastMs >= start - GapMs ? session with { Events = session.Events + span.Events, Categories = session.Categories | span.Categories } : session;
            }

            return session;
        }
    }

    /// <summary>Asks for the sessions.</summary>
    public void PrefetchTurn() => Memory.Prefetch.Span<Span>(_spans);

    public void Add(long timeMs, DataCategories categories) => Add(new Span(timeMs, timeMs, 1, categories));

    /// <summary>Leaves out the acts of a category.</summary>
    public void Forget(DataCategories categories) => _spans = Array.FindAll(_spans, s => (s.Categories & categories) == 0);

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
            to.Add(new StoredSession { StartMs = s.StartMs, LastMs = s.LastMs, Events = s.Events, Categories = (uint)s.Categories });
        }
    }

    /// <summary>Where a version did not tell the categories apart, as <see cref="SeenLog.Untold"/> has them.</summary>
    public void Load(StoredProfile from)
    {
        foreach (StoredSession s in from.Sessions)
        {
            Add(new Span(s.StartMs, s.LastMs, s.Events, s.Categories == 0 ? SeenLog.Untold(from) : CategoryNames.OfStored(s.Categories)));
        }
    }

    private void Add(Span added)
    {
        int from = 0;
        while (from < _spans.Length && _spans[from].Categories < added.Categories)
        {
            from++;
        }

        int until = from;
        while (until < _spans.Length && _spans[until].Categories == added.Categories)
        {
            until++;
        }

        int at = until;
        while (at > from && _spans[at - 1].LastMs >= added.StartMs - GapMs)
        {
            at--;
        }

        int end = at;
        while (end < until && _spans[end].StartMs <= added.LastMs + GapMs)
        {
            added = added.With(_spans[end++]);
        }

        if (end - at == 1)
        {
            _spans[at] = added;
            return;
        }

        Span[] spans = [.. _spans.AsSpan(0, at), added, .. _spans.AsSpan(end)];
        bool isFull = until - from - (end - at) + 1 > ProfileLimits.Sessions;
        _spans = isFull ? [.. spans.AsSpan(0, from), .. spans.AsSpan(from + 1)] : spans;
    }

    /// <param name="StartMs">Of the first event.</param>
    /// <param name="LastMs">Of the last.</param>
    /// <param name="Events">How many.</param>
    /// <param name="Categories">Of each of them in a run; of any of them in a session.</param>
    internal readonly record struct Span(long StartMs, long LastMs, ulong Events, DataCategories Categories)
    {
        public Span With(in Span other) => this with
        {
            StartMs = Math.Min(StartMs, other.StartMs),
            LastMs = Math.Max(LastMs, other.LastMs),
            Events = Events + other.Events,
        };
    }
}
