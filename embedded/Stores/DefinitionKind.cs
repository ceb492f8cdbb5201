namespace Footprint.Grid.Embedded.Stores;

/// <summary>What a definition row defines. The numbers are stored.</summary>
internal enum DefinitionKind
{
    Item = 1,
    Campaign = 2,
    EventType = 3,
}
