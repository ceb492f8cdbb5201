namespace Footprint.Grid.Core.Retention;

/// <summary>What a sweep did to one client. Sent between processes: the numbers stay as they are.</summary>
public enum SweepResult
{
    /// <summary>There was nothing to do, or no room in the journal for it: the next sweep comes by again.</summary>
    Nothing = 0,

    /// <summary>It is in other segments than it was.</summary>
    MovedSegments = 2,

    /// <summary>Something was too old to be kept; segments followed from what is left.</summary>
    LetGo = 1,
}
