namespace Footprint.Grid.Core.Profiles;

/// <summary>Something that happened at a time.</summary>
internal interface ITimed
{
    /// <summary>Milliseconds since the epoch.</summary>
    long TimeMs { get; }
}
