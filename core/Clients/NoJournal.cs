using Footprint.Grid.Engine;
using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Core.Clients;

/// <summary>For turns of nobody in particular, whose changes are not kept.</summary>
public sealed class NoJournal : IJournal
{
    public static NoJournal Instance { get; } = new();

    public void Append(ClientKey client, JournalEntry entry)
    {
    }
}
