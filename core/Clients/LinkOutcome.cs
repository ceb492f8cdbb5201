namespace Footprint.Grid.Core.Clients;

/// <summary>What a link changed.</summary>
public enum LinkOutcome
{
    /// <summary>Nothing: they were linked before.</summary>
    None,

    /// <summary>The id's own profile became a part of the client's.</summary>
    Merged,

    /// <summary>The id was another client's and is this one's from now on; nothing came along.</summary>
    HandedOver,
}
