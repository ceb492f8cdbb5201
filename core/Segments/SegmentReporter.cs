using Footprint.Grid.Core.Audience;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Segments;

/// <summary>Makes the report about the sizes of segments of what was counted.</summary>
public static class SegmentReporter
{
    /// <summary>The name under which it is published.</summary>
    public const string Name = "segments";

    public static SegmentSizesReport Of(SegmentSizes sizes, SegmentSet segments, AudienceGate gate)
    {
        var report = new SegmentSizesReport();
        foreach (Segment segment in segments.Page("", SegmentSet.MaxSegments))
        {
            bool namesClients = segments.NamesClients(segment.SegmentId);
            report.Segments.Add(new SegmentSize
            {
                SegmentId = segment.SegmentId,
                Clients = namesClients ? null : gate.Clients(sizes.Of(segment.SegmentId)),
                NamesClients = namesClients,
            });
        }

        return report;
    }
}
