namespace Footprint.Grid.Grains.Definitions;

/// <summary>What is asked of definitions. Sent between processes: the numbers stay as they are.</summary>
internal enum DefinitionsOperation : byte
{
    None = 0,
    UpsertItems = 1,
    GetItem = 2,
    ListItems = 3,
    DeleteItem = 4,
    UpsertCampaigns = 5,
    GetCampaign = 6,
    ListCampaigns = 7,
    DeleteCampaign = 8,
    UpsertEventTypes = 9,
    GetEventType = 10,
    ListEventTypes = 11,
    DeleteEventType = 12,
    UpsertPlacements = 13,
    GetPlacement = 14,
    ListPlacements = 15,
    DeletePlacement = 16,
    UpsertSegments = 17,
    GetSegment = 18,
    ListSegments = 19,
    DeleteSegment = 20,
    UpsertProbes = 21,
    GetProbe = 22,
    ListProbes = 23,
    DeleteProbe = 24,
}
