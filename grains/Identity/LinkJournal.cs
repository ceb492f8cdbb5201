using Footprint.Grid.Core.Clients;
using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Journal;
using Footprint.Grid.Storage.V1;
using Google.Protobuf;

namespace Footprint.Grid.Grains.Identity;

/// <summary>Journals for the two clients of a link: the known one's entry goes its usual way, the other's goes with it.</summary>
internal sealed class LinkJournal(LiveClient known) : IJournal
{
    public List<byte[]> OfAnonymous { get; } = [];

    public void Append(ClientKey client, JournalEntry entry)
    {
        if (client == known.Actor.Key)
        {
            known.Append(client, entry);
        }
        else
        {
            OfAnonymous.Add(entry.ToByteArray());
        }
    }
}
