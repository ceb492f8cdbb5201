using Footprint.Grid.Core.Clients;
using Footprint.Grid.Engine;
using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Embedded.Clients;

/// <summary>For turns of nobody in particular, whose changes are not kept.</summary>
internal sealed class NoJournal : IJournal
{
    public static NoJournal Instance { get; } = new();

    public void Append(ClientKey client, JournalEntry entry)
    {
    }
}
