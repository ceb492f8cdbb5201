using Footprint.Grid.Grains.Storage;

namespace Footprint.Grid.Grains.Journal;

/// <summary>Entries for one client's journal and what they go onto.</summary>
/// <param name="Client"><c>tenant/client_id</c>.</param>
/// <param name="Etag">Of the checkpoint; empty when there is none.</param>
/// <param name="Length">How many entries the journal has.</param>
/// <param name="Grave">Asked for when there is no checkpoint.</param>
/// <param name="Entries">At least one.</param>
internal readonly record struct AppendGroup(string Client, string Etag, int Length, Grave Grave, List<byte[]> Entries);
