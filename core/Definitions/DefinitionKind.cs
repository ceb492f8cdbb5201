namespace Footprint.Grid.Core.Definitions;

/// <summary>What a definition row defines. The numbers are stored.</summary>
public enum DefinitionKind
{
    Item = 1,
    Campaign = 2,
    EventType = 3,
    Placement = 4,
    Segment = 5,
    Probe = 6,
}
