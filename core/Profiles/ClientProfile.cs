namespace Footprint.Grid.Core.Profiles;

/// <summary>A client's live state.</summary>
public sealed class ClientProfile
{
}
