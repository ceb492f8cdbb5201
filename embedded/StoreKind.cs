namespace Footprint.Grid.Embedded;

/// <summary>Where an embedded engine keeps what must survive.</summary>
public enum StoreKind
{
    /// <summary>Files in the data directory; durable means fsynced.</summary>
    Sqlite,

    /// <summary>One Redis without cluster mode; durable means acknowledged by Redis.</summary>
    Redis,

    /// <summary>Nothing survives the process; for tests and trials.</summary>
    Memory,
}
