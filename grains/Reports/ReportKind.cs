namespace Footprint.Grid.Grains.Reports;

/// <summary>Which report is asked for. Sent between processes: the numbers stay as they are.</summary>
internal enum ReportKind : byte
{
    None = 0,

    /// <summary>GetProbesRequest, ProbesReport.</summary>
    Probes = 1,

    /// <summary>GetSegmentSizesRequest, SegmentSizesReport.</summary>
    SegmentSizes = 2,
}
