namespace Footprint.Grid.Grains.Engine;

/// <summary>What a request asks of a client. Sent between processes: the numbers stay as they are.</summary>
public enum ClientOperation
{
    None = 0,

    /// <summary>RecordRequest, RecordResponse.</summary>
    Record = 1,

    /// <summary>StreamRequest, StreamResponse.</summary>
    Stream = 2,

    /// <summary>PickContentRequest, PickContentResponse.</summary>
    PickContent = 3,

    /// <summary>TargetAdsRequest, TargetAdsResponse.</summary>
    TargetAds = 4,

    /// <summary>ReportOutcomesRequest, ReportOutcomesResponse.</summary>
    ReportOutcomes = 5,

    /// <summary>GetProfileRequest, Profile.</summary>
    GetProfile = 6,

    /// <summary>LinkRequest, LinkResponse; asked of the known client.</summary>
    Link = 7,

    /// <summary>SetConsentsRequest, SetConsentsResponse.</summary>
    SetConsents = 8,

    /// <summary>ConfirmInterestRequest, ConfirmInterestResponse.</summary>
    ConfirmInterest = 9,

    /// <summary>ExportRequest, ExportResponse.</summary>
    Export = 10,

    /// <summary>EraseRequest, EraseResponse.</summary>
    Erase = 11,

    /// <summary>UnlinkRequest, UnlinkResponse; asked of the known client.</summary>
    Unlink = 12,
}
