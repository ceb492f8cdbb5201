using Footprint.Grid.Engine;

namespace Footprint.Grid.Embedded.Stores;

/// <summary>A client as a store sees it while the engine holds it.</summary>
internal interface IJournalClient
{
    ClientKey Key { get; }

    /// <summary>Whatever the store needs to recognise the checkpoint it knows of; null when it knows of none.</summary>
    string? Etag { get; set; }

    /// <summary>Where an append that is under way has put the client; means nothing otherwise. The store's alone.</summary>
    int Place { get; set; }
}
