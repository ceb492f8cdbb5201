namespace Footprint.Grid.Core.Clients;

/// <summary>Where a client was kept that is erased.</summary>
public enum ErasedFrom
{
    /// <summary>A node's memory alone.</summary>
    Memory,

    /// <summary>A node's files.</summary>
    Sqlite,

    /// <summary>A node's Redis.</summary>
    Redis,

    /// <summary>A cluster and its Redis.</summary>
    Cluster,
}
