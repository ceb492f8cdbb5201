using System.Collections.Frozen;

namespace Footprint.Grid.Core.Segments;

/// <summary>How many clients each segment has, as of one moment; immutable. Not to be said but through the gate of the minimum audience.</summary>
public sealed class SegmentSizes
{
    private readonly FrozenDictionary<string, long> _sizes;

    internal SegmentSizes(IEnumerable<KeyValuePair<string, long>> sizes) => _sizes = sizes.ToFrozenDictionary(StringComparer.Ordinal);

    public static SegmentSizes Empty { get; } = new([]);

    // A step that a crash took away may have been the one that another takes back.
    internal long Of(string segmentId) => Math.Max(0, _sizes.GetValueOrDefault(segmentId));
}
