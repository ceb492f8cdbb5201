namespace Footprint.Grid.Embedded.Clients;

/// <summary>What a slot in memory stands for.</summary>
internal enum SlotState
{
    /// <summary>The store is being asked.</summary>
    Loading,

    /// <summary>The actor is there.</summary>
    Ready,

    /// <summary>What is stored cannot be trusted; only an erasure starts the client anew.</summary>
    Quarantined,

    /// <summary>No longer in the directory; look again.</summary>
    Gone,
}
