using Footprint.Grid.Core.Clients;
using Footprint.Grid.Embedded.Journal;
using Footprint.Grid.Engine;
using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Embedded.Clients;

/// <summary>Journals for the two clients of a link; the caller holds both slots and a group of the commit log.</summary>
internal sealed class LinkJournal(CommitLog log, ClientSlot known, ClientSlot anonymous) : IJournal
{
    public void Append(ClientKey client, JournalEntry entry) =>
        log.Append(client == known.Key ? known : anonymous, entry, inGroup: true);
}
