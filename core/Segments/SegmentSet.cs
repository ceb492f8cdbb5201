using Footprint.Grid.Core.Conditions;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Segments;

/// <summary>
/// A tenant's segments in the ordinal order of their ids, their conditions compiled. Immutable; the messages that it gives
/// out are its own and must not be changed.
/// </summary>
public sealed class SegmentSet
{
    /// <summary>Segments that one tenant may have: each is tried with every event of every client.</summary>
    public const int MaxSegments = 200;

    private readonly Segment[] _segments;
    private readonly CompiledSegment[] _compiled;

    private SegmentSet(IEnumerable<Segment> segments)
    {
        _segments = [.. segments.OrderBy(s => s.SegmentId, StringComparer.Ordinal)];
        _compiled = Array.ConvertAll(_segments, s => new CompiledSegment(s));
    }

    public static SegmentSet Empty { get; } = new([]);

    public int Count => _segments.Length;

    /// <summary>The segment as it was defined, or null.</summary>
    public Segment? Find(string segmentId) => Array.Find(_segments, s => s.SegmentId == segmentId);

    /// <summary>At most that many after the given id.</summary>
    public IReadOnlyList<Segment> Page(string afterSegmentId, int size) =>
        [.. _segments.Where(s => string.CompareOrdinal(s.SegmentId, afterSegmentId) > 0).Take(size)];

    /// <summary>
    /// Copies of these added or put in place of their namesakes; the last one wins where an id comes twice. A condition
    /// with faults, which validation refuses, holds for nobody here.
    /// </summary>
    /// <exception cref="GridException"><c>FAILED_PRECONDITION</c>: more than <see cref="MaxSegments"/> would be defined.</exception>
    public SegmentSet With(IReadOnlyList<Segment> segments)
    {
        var all = _segments.ToDictionary(s => s.SegmentId, StringComparer.Ordinal);
        foreach (Segment segment in segments)
        {
            all[segment.SegmentId] = segment.Clone();
        }

        DefinitionRules.ThrowIfTooMany("segments", all.Count, MaxSegments);
        return new SegmentSet(all.Values);
    }

    /// <summary>The same when there is no such segment.</summary>
    public SegmentSet Without(string segmentId) =>
        Find(segmentId) is null ? this : new SegmentSet(_segments.Where(s => s.SegmentId != segmentId));

    /// <summary>Whether one holds for a client, as far as the data allowed says; false when there is no such segment.</summary>
    internal bool Holds(string segmentId, IAttributes client, Consent.DataCategories allowed) =>
        Compiled(segmentId)?.Holds(client, allowed) == true;

    /// <summary>Whether being in it may tell who a client is; true when there is no such segment, so that nothing is known of its condition.</summary>
    internal bool NamesClients(string segmentId) => Compiled(segmentId)?.NamesClients != false;

    /// <summary>
    /// Those that hold for a client, in order. One whose condition reads withheld data does not count: what is
    /// concluded from what may not be used may not be used either.
    /// </summary>
    internal List<CompiledSegment> Holding(IAttributes client, Consent.DataCategories allowed)
    {
        var holding = new List<CompiledSegment>();
        foreach (CompiledSegment segment in _compiled)
        {
            if (segment.Holds(client, allowed))
            {
                holding.Add(segment);
            }
        }

        return holding;
    }

    private CompiledSegment? Compiled(string segmentId) => Array.Find(_compiled, s => s.Id == segmentId);
}
